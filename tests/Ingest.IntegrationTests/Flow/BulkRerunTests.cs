using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ingest.IntegrationTests.Flow;

/// <summary>Five hosts were out of order, and five hundred articles are in the failure list: what is chosen is healed, and nothing else.</summary>
public sealed class BulkRerunTests(Browser browser) : IClassFixture<Browser>
{
    private const int Hosts = 5;
    private const int Recent5xx = 30;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_a_host_with_5xx_since_an_hour_is_healed_and_nothing_else_from_page_api_and_command_line()
    {
        await using var sites = await SitesAsync();
        var authorities = sites.Urls.Select(url => new Uri(url).Authority).ToList();
        await using var workshop = await Workshop.OpenAsync(new NewsroomOptions { ArticlesPerSite = 1 });
        foreach (var authority in authorities) await FailAsync(workshop, authority);
        Assert.Equal(500, await CountAsync(workshop, new FailureFilter()));
        (string, string)[] settings =
        [
            .. workshop.Settings([("Schedule:Tick", "00:00:00.2"), .. authorities.Select((authority, i) => ($"Fetching:AllowedAddresses:{i + 1}", authority))]).Select(pair => (pair.Key, pair.Value!)),
        ];
        await using var worker = WorkerProcess.Start(["run", "--url", "http://127.0.0.1:0"], settings);
        await worker.StartedAsync();

        await OnThePageAsync(worker.Url, authorities[0]);
        await OnlyTheseAreHealedAsync(workshop, authorities, 1);
        await ByTheApiAsync(worker.Url, authorities[1]);
        await OnlyTheseAreHealedAsync(workshop, authorities, 2);
        var command = await WorkerProcess.RunAsync(["failures", "rerun", "--host", authorities[2], "--status", "5xx", "--since", "1h", "--rate", "50/s", "--wait"], settings);
        Assert.Equal((0, ""), (command.ExitCode, command.Errors));
        Assert.Contains("30 chosen: 30 healed, 0 failed again, 0 waiting", command.Output, StringComparison.Ordinal);
        await OnlyTheseAreHealedAsync(workshop, authorities, 3);

        var audit = await workshop.Tools.Get<IAuditTrail>().ListAsync(null, 10, Stop);
        Assert.Equal([AuditSource.Cli, AuditSource.Api, AuditSource.Page], audit.Select(line => line.From));
        Assert.All(audit, line => Assert.Equal(("failures rerun", Recent5xx), (line.Action, line.Count)));
        Assert.All(audit.Zip(authorities.Take(3).Reverse()), pair => Assert.StartsWith($"host={pair.Second} status=5xx since=", pair.First.Choice, StringComparison.Ordinal));
        Assert.Equal(Environment.UserName, audit[0].Who);
    }

    private async Task OnThePageAsync(string url, string authority)
    {
        var page = await browser.OpenAsync(url);
        await page.GotoAsync("/failures");
        await page.GetByLabel("Host").FillAsync(authority);
        await page.GetByLabel("Status").FillAsync("5xx");
        await page.GetByLabel("Since").FillAsync("1h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Re-run all shown" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run 30" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Each has been tried");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Healed" })).ToContainTextAsync("30");
    }

    private static async Task ByTheApiAsync(string url, string authority)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/failures/rerun")
        {
            Content = new StringContent($$"""{"host":"{{authority}}","status":"5xx","since":"1h"}""", new MediaTypeHeaderValue("application/json")),
            Headers = { { "X-Ingest-Request", "1" } },
        };
        using var answer = await client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var action = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        await Wait.UntilAsync(async () =>
        {
            using var progress = JsonDocument.Parse(await client.GetStringAsync($"/api/failures/actions/{action.RootElement.GetProperty("id")}", Stop));
            return progress.RootElement.GetProperty("healed").GetInt32() == Recent5xx;
        }, "the healing");
    }

    private static async Task OnlyTheseAreHealedAsync(Workshop workshop, List<string> authorities, int healed)
    {
        for (var host = 0; host < Hosts; host++)
        {
            var left = new FailureFilter { Host = authorities[host] };
            Assert.Equal(host < healed ? 70 : 100, await CountAsync(workshop, left));
            Assert.Equal(host < healed ? 0 : Recent5xx, await CountAsync(workshop, left with { Status = new StatusRange(500, 599), Since = TimeProvider.System.GetUtcNow().AddHours(-1) }));
        }
        Assert.Equal(healed * Recent5xx, (await workshop.ArticlesAsync()).Count(article => article.State == "Ingested"));
    }

    private static Task<int> CountAsync(Workshop workshop, FailureFilter filter) => workshop.Tools.Get<IFailureStore>().CountAsync(filter, Stop);

    /// <summary>A hundred failures: 30 just now and 20 two hours ago with a 503, 30 with a 404, 20 without an answer.</summary>
    private static async Task FailAsync(Workshop workshop, string authority)
    {
        var now = TimeProvider.System.GetUtcNow();
        var feed = (await workshop.Tools.Get<ICatalog>().AddFeedAsync(new Uri($"http://{authority}/feed"), authority, now, Stop)).Feed.Id;
        var articles = Enumerable.Range(0, 100).Select(n => $"http://{authority}/{n}").Select(url => new NewArticle(Guid.CreateVersion7(now), url, new Uri(url), new FeedEntry(), now, now.AddHours(1))).ToList();
        await workshop.Tools.Get<IFeedStore>().SavePollAsync(new PollResult(feed, now, now.AddDays(1), TimeSpan.FromDays(1)), articles, Stop);
        foreach (var (place, article) in articles.Index())
        {
            var (status, at) = place switch { < Recent5xx => (503, now.AddMinutes(-place)), < 50 => (503, now.AddHours(-2)), < 80 => (404, now), _ => ((int?)null, now) };
            await workshop.Tools.Get<IFailureStore>().RecordAsync(
                new FailureReport(Job.IngestArticle(article.Id), FailureKind.Permanent, authority, status is null ? "no whole answer within 30 s" : $"HTTP {status}", at, null) { Status = status }, Stop);
        }
    }

    /// <summary>The hosts, well again: whatever is asked for is an article.</summary>
    private static async Task<WebApplication> SitesAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var host = 0; host < Hosts; host++) kestrel.Listen(IPAddress.Loopback, 0);
        });
        var sites = builder.Build();
        var paragraphs = string.Concat(Enumerable.Range(1, 8).Select(n => $"<p>The council heard {n} speakers on the harbour line, and voted after midnight to reopen it, with a majority that nobody had expected before the evening began.</p>"));
        sites.MapGet("/{**rest}", () => Results.Content($"<!DOCTYPE html><html lang=en><title>Harbour line reopens</title><article><h1>Harbour line reopens</h1>{paragraphs}</article></html>", "text/html; charset=utf-8"));
        await sites.StartAsync(Stop);
        return sites;
    }
}
