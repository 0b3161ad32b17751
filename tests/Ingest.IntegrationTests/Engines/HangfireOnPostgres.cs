#if HANGFIRE
using System.Net;
using System.Text.RegularExpressions;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Engines;

/// <summary>The contract, and what Hangfire's pages add: what is done there and what is done on ours is the same thing.</summary>
[Collection(Processes.Alone)]
public sealed partial class HangfireOnPostgres(ITestOutputHelper output) : SharedEngineContract(output)
{
    protected override JobEngine Engine => JobEngine.Hangfire;

    [Fact]
    public async Task A_failed_job_says_what_it_is_and_why_and_its_requeue_there_heals_it_here()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Article(0, 0), 404);
        await stage.SubscribeAsync(0);
        await using var worker = await StartAsync(stage);
        await Wait.UntilAsync(async () => await FailedAsync(stage) == 1, "the failed job");
        Assert.Single(await stage.FailuresAsync());
        await Wait.UntilAsync(async () => await stage.CountAsync("SELECT count(*) FROM hangfire.job WHERE statename = 'Succeeded' AND arguments->>0 = '\"RefreshFeed\"'") == 1, "the refresh");

        using var http = ClientOf(worker);
        var page = WebUtility.HtmlDecode(await http.GetStringAsync(new Uri("/hangfire/jobs/failed", UriKind.Relative), Stop));
        Assert.Contains($"Ingest article Story 0-0 ({stage.Site.Authority})", page, StringComparison.Ordinal);
        Assert.Contains("HTTP 404", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Ingest", page, StringComparison.Ordinal);
        Assert.Contains("Refresh feed Example News 0", WebUtility.HtmlDecode(await http.GetStringAsync(new Uri("/hangfire/jobs/succeeded", UriKind.Relative), Stop)), StringComparison.Ordinal);

        var job = await stage.CountAsync("SELECT id FROM hangfire.job WHERE statename = 'Failed'");
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(http, "/hangfire/jobs/failed/requeue", job, header: null, token: null));
        stage.Site.Answer(ScriptedSite.Article(0, 0), 200);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(http, "/hangfire/jobs/failed/requeue", job, HeaderOf().Match(page).Groups[1].Value, TokenOf().Match(page).Groups[1].Value));
        await Wait.UntilAsync(async () => (await stage.FailuresAsync()).Count == 0, "our list without it");
        await Wait.UntilAsync(async () => await stage.CountAsync($"SELECT count(*) FROM hangfire.job WHERE id = {job} AND statename = 'Succeeded'") == 1, "the same job, done");
        Assert.Equal((2, 2), (await stage.IngestedAsync(), await stage.MessagesAsync()));
        await AssertAuditedAsync(stage, "failures rerun");
    }

    [Fact]
    public async Task Deleting_a_job_there_discards_its_failure_here()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Article(0, 0), 404);
        await stage.SubscribeAsync(0);
        await using var worker = await StartAsync(stage);
        await Wait.UntilAsync(async () => await FailedAsync(stage) == 1, "the failed job");
        var job = await stage.CountAsync("SELECT id FROM hangfire.job WHERE statename = 'Failed'");

        using var http = ClientOf(worker);
        var page = await http.GetStringAsync(new Uri("/hangfire/jobs/failed", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(http, "/hangfire/jobs/failed/delete", job, HeaderOf().Match(page).Groups[1].Value, TokenOf().Match(page).Groups[1].Value));
        Assert.Empty(await stage.FailuresAsync());
        Assert.Equal(1, await stage.CountAsync("SELECT count(*) FROM articles WHERE state = 'Discarded'"));
        await AssertAuditedAsync(stage, "failures discard");
    }

    [Fact]
    public async Task A_rerun_here_shows_there_in_the_history_of_the_same_job()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Article(0, 0), 410);
        await stage.SubscribeAsync(0);
        await using var worker = await StartAsync(stage);
        await Wait.UntilAsync(async () => await FailedAsync(stage) == 1, "the failed job");
        var job = await stage.CountAsync("SELECT id FROM hangfire.job WHERE statename = 'Failed'");
        await RerunAsync(stage);
        await Wait.UntilAsync(async () => await stage.CountAsync($"SELECT count(*) FROM hangfire.state WHERE jobid = {job} AND name = 'Failed'") == 2, "the second failure of the same job");
        stage.Site.Answer(ScriptedSite.Article(0, 0), 200);
        await RerunAsync(stage);
        await Wait.UntilAsync(async () => await stage.CountAsync($"SELECT count(*) FROM hangfire.job WHERE id = {job} AND statename = 'Succeeded'") == 1, "its end");
        Assert.Equal(1, await stage.CountAsync("SELECT count(*) FROM hangfire.job WHERE arguments->>0 = '\"IngestArticle\"'"));
        Assert.Equal(0, await stage.CountAsync("SELECT count(*) FROM hangfire.hash WHERE key LIKE 'ingest:%'"));
    }

    [Fact]
    public async Task A_transient_failure_is_scheduled_with_our_delay_and_can_be_run_before()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Article(0, 0), 503);
        await stage.SubscribeAsync(0);
        await using var worker = await StartAsync(stage, ("Retry:BaseDelay", "00:10:00"));
        await Wait.UntilAsync(async () => await stage.CountAsync("SELECT count(*) FROM hangfire.job WHERE statename = 'Scheduled'") == 1, "the scheduled job");
        var wait = await stage.CountAsync("SELECT extract(epoch FROM to_timestamp(score) - now())::int FROM hangfire.set WHERE key = 'schedule'");
        // 10 min ± 20%, and what Hangfire is behind the database.
        Assert.InRange(wait, 450, 740);
        var job = await stage.CountAsync("SELECT id FROM hangfire.job WHERE statename = 'Scheduled'");

        using var http = ClientOf(worker);
        var page = await http.GetStringAsync(new Uri("/hangfire/jobs/scheduled", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(http, "/hangfire/jobs/scheduled/enqueue", job, HeaderOf().Match(page).Groups[1].Value, TokenOf().Match(page).Groups[1].Value));
        await Wait.UntilAsync(async () => (await stage.FailuresAsync()) is [{ Attempts: 2 }], "the second attempt");
        await Wait.UntilAsync(async () => await stage.CountAsync("SELECT count(*) FROM hangfire.job WHERE statename = 'Scheduled'") == 1, "the same job, scheduled again");
    }

    [Fact]
    public async Task Nobody_sees_the_jobs_who_has_not_signed_in()
    {
        await using var stage = await OpenAsync();
        await using var worker = await StartAsync(stage, ("Dashboard:Password", "a long enough password"));
        using var http = ClientOf(worker);
        foreach (var path in new[] { "/hangfire", "/hangfire/jobs/failed", "/hangfire/stats", "/hangfire-job/RefreshFeed/1" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Stop);
            Assert.DoesNotContain("Ingest jobs", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Our_pages_lead_to_a_targets_job_and_its_page_leads_back()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Feed(0), 404);
        var feed = await stage.SubscribeAsync(0);
        await using var worker = await StartAsync(stage);
        await Wait.UntilAsync(async () => await FailedAsync(stage) == 1, "the failed job");
        using var http = ClientOf(worker);
        Assert.Contains("href=\"/hangfire\"", await http.GetStringAsync(new Uri("/failures", UriKind.Relative), Stop), StringComparison.Ordinal);
        using var redirect = await http.GetAsync(new Uri($"/hangfire-job/RefreshFeed/{feed}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        Assert.Contains($"href=\"/feeds/{feed}\"", await http.GetStringAsync(redirect.Headers.Location, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_worker_leaves_in_Hangfire_is_taken_away()
    {
        await using var stage = await OpenAsync();
        await using (var killed = stage.Start())
        {
            await Wait.UntilAsync(async () => await stage.WorkersAsync() == 1 && await RecurringAsync(stage) == 4, "its recurring jobs");
            await killed.KillAsync();
        }
        await using var other = stage.Start();
        await Wait.UntilAsync(async () => await RecurringAsync(stage) == 6, "the other's");
        // It is struck off after 20 s; the upkeep comes every minute.
        await Wait.UntilAsync(async () => await RecurringAsync(stage) == 4, "one worker's recurring jobs", TimeSpan.FromMinutes(3));
        await Wait.UntilAsync(async () => await stage.CountAsync("SELECT count(DISTINCT queue) FROM hangfire.jobqueue WHERE queue LIKE 'tick-%'") <= 1, "one worker's queue", TimeSpan.FromMinutes(4));
    }

    private static async Task AssertAuditedAsync(EngineStage stage, string action)
    {
        var line = Assert.Single(await stage.Tools.Get<IAuditTrail>().ListAsync(null, 10, Stop));
        Assert.Equal((action, AuditSource.Hangfire, "local", 1L), (line.Action, line.From, line.Who, line.Count));
    }

    private static Task<int> FailedAsync(EngineStage stage) => stage.CountAsync("SELECT count(*) FROM hangfire.job WHERE statename = 'Failed'");

    private static async Task<int> RecurringAsync(EngineStage stage) =>
        await stage.CountAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'hangfire' AND tablename = 'set'") == 0 ? 0 : await stage.CountAsync("SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs'");

    private static async Task RerunAsync(EngineStage stage) =>
        await stage.Tools.Get<IFailureStore>().RerunAsync(new FailureFilter(), ByHand, null, stage.Tools.Get<TimeProvider>().GetUtcNow(), Stop);

    /// <summary>A worker whose pages and whose tables are there.</summary>
    private static async Task<WorkerProcess> StartAsync(EngineStage stage, params (string Key, string Value)[] further)
    {
        var worker = stage.Start(further);
        await worker.StartedAsync();
        return worker;
    }

    private static HttpClient ClientOf(WorkerProcess worker) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(worker.Url) };

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, int job, string? header, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", job.ToString(System.Globalization.CultureInfo.InvariantCulture))]),
        };
        if (header is not null) request.Headers.Add(header, token);
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    [GeneratedRegex("<meta name=\"csrf-header\" content=\"([^\"]+)\">")]
    private static partial Regex HeaderOf();

    [GeneratedRegex("<meta name=\"csrf-token\" content=\"([^\"]+)\">")]
    private static partial Regex TokenOf();
}
#endif
