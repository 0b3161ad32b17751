using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

public sealed class ApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the latest failures", "/api/failures?limit=2", "items")]
    [InlineData("groups", "/api/failures/groups?host=many.example", "items")]
    [InlineData("a failure", "/api/failures/1", "attempts")]
    [InlineData("the audit", "/api/audit", "items")]
    [InlineData("feeds", "/api/feeds", "items")]
    [InlineData("a feed", "/api/feeds/1", "url")]
    [InlineData("articles", "/api/articles?feed=1&limit=3", "next")]
    [InlineData("an article", "/api/articles/01936000-0000-7000-8000-000000009995", "data")]
    public async Task What_is_read_is_json(string reason, string path, string property)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync(path, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, reason);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        Assert.True(json.RootElement.TryGetProperty(property, out _), json.RootElement.ToString());
    }

    [Fact]
    public async Task Failures_are_listed_page_by_page()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var seen = new List<long>();
        for (string? after = ""; after is not null;)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync($"/api/failures?limit=100&after={after}", Stop));
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            after = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal(244, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
    }

    [Theory]
    [InlineData("a word that is none", "/api/failures?hots=x", 400, "hots")]
    [InlineData("a status that is none", "/api/failures?status=often", 400, "5xx")]
    [InlineData("a limit that is none", "/api/failures?limit=0", 400, "1000")]
    [InlineData("a place that is none", "/api/failures?after=here", 400, "next")]
    [InlineData("no such failure", "/api/failures/999999", 404, "healed")]
    [InlineData("no such action", "/api/failures/actions/9", 404, "action")]
    [InlineData("no such address", "/api/nothing", 404, "Not Found")]
    public async Task An_error_is_a_problem_document(string reason, string path, int status, string says)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync(path, Stop);
        Assert.True((int)answer.StatusCode == status, $"{reason}: {answer.StatusCode}");
        await IsProblemAsync(answer, says);
    }

    [Fact]
    public async Task A_broken_database_is_a_problem_document_without_the_reason()
    {
        var news = FakeNews.Full();
        news.IsBroken = true;
        await using var host = await DashboardHost.StartAsync(news, Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync("/api/failures", Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await IsProblemAsync(answer, "500");
        Assert.DoesNotContain("out of reach", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what a form of another site can send", "text/plain", true, """{"all":true}""", 415)]
    [InlineData("a form", "application/x-www-form-urlencoded", true, "all=true", 415)]
    [InlineData("without the header that no form can set", "application/json", false, """{"all":true}""", 403)]
    [InlineData("no choice", "application/json", true, "{}", 400)]
    [InlineData("a misspelt choice", "application/json", true, """{"hots":"x","all":true}""", 400)]
    [InlineData("no JSON", "application/json", true, "all", 400)]
    [InlineData("an empty selection", "application/json", true, """{"id":[]}""", 400)]
    [InlineData("a rate that is none", "application/json", true, """{"all":true,"rate":"fast"}""", 400)]
    public async Task A_change_that_cannot_be_meant_changes_nothing(string reason, string type, bool header, string body, int status)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        foreach (var verb in new[] { "rerun", "discard" })
        {
            using var answer = await PostAsync(client, $"/api/failures/{verb}", body, type, header);
            Assert.True((int)answer.StatusCode == status, $"{reason}: {answer.StatusCode}");
            await IsProblemAsync(answer, "");
        }
        Assert.Empty(host.News.Rerun);
        Assert.Empty(host.News.Discarded);
    }

    [Fact]
    public async Task A_rerun_is_tried_dry_begun_and_watched()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var dry = await PostAsync(client, "/api/failures/rerun", """{"host":"many.example","status":"5xx","since":"1h","dryRun":true}""");
        using var preview = JsonDocument.Parse(await dry.Content.ReadAsStringAsync(Stop));
        Assert.Equal((240, 10), (preview.RootElement.GetProperty("count").GetInt32(), preview.RootElement.GetProperty("sample").GetArrayLength()));
        Assert.Empty(host.News.Rerun);

        using var begun = await PostAsync(client, "/api/failures/rerun", """{"host":"many.example","status":"5xx","since":"1h","rate":"10/s"}""");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        using var action = JsonDocument.Parse(await begun.Content.ReadAsStringAsync(Stop));
        Assert.Equal("host=many.example status=5xx since=2026-11-21T11:00:00Z", Assert.Single(host.News.Rerun));
        Assert.Equal((240, 10d), (action.RootElement.GetProperty("count").GetInt32(), host.News.Rate));
        using var watched = JsonDocument.Parse(await client.GetStringAsync($"/api/failures/actions/{action.RootElement.GetProperty("id")}", Stop));
        Assert.Equal(240, watched.RootElement.GetProperty("waiting").GetInt32());
        Assert.Equal(AuditSource.Api, Assert.Single(host.News.Audit).From);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body, string type = "application/json", bool header = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, new MediaTypeHeaderValue(type)) };
        if (header) request.Headers.Add("X-Ingest-Request", "1");
        return await client.SendAsync(request, Stop);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, string says)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(says, text, StringComparison.Ordinal);
    }
}
