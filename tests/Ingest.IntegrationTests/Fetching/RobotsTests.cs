using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Fetching;
using Microsoft.AspNetCore.Http;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>robots.txt as it is fetched, believed and kept to; what its lines mean is the core's matter.</summary>
public sealed class RobotsTests
{
    private const string Rules = "User-agent: ingest\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n";

    [Fact]
    public async Task A_forbidden_page_is_not_asked_and_a_host_is_asked_for_its_rules_once()
    {
        await using var site = await TestSite.StartAsync();
        site.Text("/robots.txt", Rules, "text/plain").Text("/page", "open").Text("/private/page", "closed");
        using var stage = new FetchStage();
        Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(site["/page"])));
        var failed = Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/private/page"])));
        Assert.Equal(FetchFault.Disallowed, failed.Fault);
        Assert.Contains("Disallow: /private/", failed.Why, StringComparison.OrdinalIgnoreCase);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stage.GetAsync(Page(site["/page"]))));
        Assert.Equal((1, 0), (site.Count("/robots.txt"), site.Count("/private/page")));
    }

    [Fact]
    public async Task Whoever_is_exempted_or_did_not_ask_passes()
    {
        await using var site = await TestSite.StartAsync();
        site.Text("/robots.txt", "User-agent: *\nDisallow: /", "text/plain").Text("/page", "open");
        using (var stage = new FetchStage())
        {
            Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(site["/page"]) with { Settings = new FetchSettings { IgnoresRobots = true } }));
            Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(new FetchRequest(site["/page"], "*/*")));
            Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/page"])));
        }
        using var unruly = new FetchStage(options => options.ObeyRobots = false);
        Assert.IsType<FetchOutcome.Fetched>(await unruly.GetAsync(Page(site["/page"])));
    }

    [Theory]
    [InlineData("no file", 404, true)]
    [InlineData("forbidden counts as no file", 403, true)]
    [InlineData("gone", 410, true)]
    [InlineData("the server is ill: all is forbidden for now", 500, false)]
    [InlineData("the server is ill: all is forbidden for now", 503, false)]
    [InlineData("too many requests are no answer", 429, false)]
    public async Task A_status_says_whether_all_is_allowed_or_nothing(string reason, int status, bool allowed)
    {
        await using var site = await TestSite.StartAsync();
        site.Status("/robots.txt", status).Text("/page", "open");
        using var stage = new FetchStage();
        var outcome = await stage.GetAsync(Page(site["/page"]));
        Assert.True(allowed ? outcome is FetchOutcome.Fetched : outcome is FetchOutcome.Failed { Fault: FetchFault.RobotsUnreachable }, reason);
        Assert.Equal(allowed ? 1 : 0, site.Count("/page"));
    }

    [Fact]
    public async Task Rules_are_asked_for_again_after_a_day_and_old_ones_hold_while_there_are_no_new_ones()
    {
        await using var site = await TestSite.StartAsync();
        site.Text("/robots.txt", Rules, "text/plain").Text("/page", "open").Text("/private/page", "closed");
        var clock = new StandingClock(TimeProvider.System.GetUtcNow());
        using var stage = new FetchStage(clock: clock);
        await stage.GetAsync(Page(site["/page"]));
        clock.Now += TimeSpan.FromHours(23);
        await stage.GetAsync(Page(site["/page"]));
        Assert.Equal(1, site.Count("/robots.txt"));

        site.Status("/robots.txt", 500);
        clock.Now += TimeSpan.FromHours(2);
        Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(site["/page"])));
        Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/private/page"])));
        Assert.Equal(2, site.Count("/robots.txt"));

        site.Text("/robots.txt", "User-agent: *\nDisallow: /page", "text/plain");
        clock.Now += TimeSpan.FromMinutes(11);
        Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/page"])));
        Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(site["/private/page"])));
    }

    [Fact]
    public async Task What_another_worker_found_is_believed()
    {
        await using var site = await TestSite.StartAsync();
        site.Text("/robots.txt", Rules, "text/plain").Text("/private/page", "closed");
        var table = new HostMemory();
        using (var first = new FetchStage(hosts: table)) await first.GetAsync(Page(site["/private/page"]));
        using var second = new FetchStage(hosts: table);
        Assert.IsType<FetchOutcome.Failed>(await second.GetAsync(Page(site["/private/page"])));
        Assert.Equal(1, site.Count("/robots.txt"));
    }

    [Fact]
    public async Task A_redirect_leads_past_the_rules_of_the_next_host()
    {
        await using var site = await TestSite.StartAsync();
        await using var other = await TestSite.StartAsync();
        site.Redirect("/page", 302, other["/page"].AbsoluteUri);
        other.Text("/robots.txt", "User-agent: *\nDisallow: /page", "text/plain").Text("/page", "closed");
        using var stage = new FetchStage();
        Assert.Equal(FetchFault.Disallowed, Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/page"]))).Fault);
        Assert.Equal(0, other.Count("/page"));
    }

    [Fact]
    public async Task A_redirected_file_counts_and_one_that_never_arrives_does_not()
    {
        await using var site = await TestSite.StartAsync();
        await using var lost = await TestSite.StartAsync();
        site.Redirect("/robots.txt", 301, "/rules").Text("/rules", "User-agent: *\nDisallow: /page", "text/plain").Text("/page", "closed");
        lost.Redirect("/robots.txt", 302, "/robots.txt").Text("/page", "open");
        using var stage = new FetchStage();
        Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/page"])));
        Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(lost["/page"])));
    }

    [Fact]
    public async Task Only_the_beginning_of_a_long_file_is_read()
    {
        await using var site = await TestSite.StartAsync();
        site.On("/robots.txt", async http =>
        {
            await http.Response.WriteAsync("User-agent: *\nDisallow: /early\n");
            await http.Response.WriteAsync(new string('#', 600 * 1024));
            await http.Response.WriteAsync("\nDisallow: /late\n");
        }).Text("/early", "closed").Text("/late", "open");
        using var stage = new FetchStage();
        Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Page(site["/early"])));
        Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Page(site["/late"])));
    }

    [Fact]
    public async Task A_crawl_delay_is_kept_up_to_the_cap()
    {
        await using var site = await TestSite.StartAsync();
        var starts = new System.Collections.Concurrent.ConcurrentQueue<long>();
        site.Text("/robots.txt", "User-agent: *\nCrawl-delay: 600", "text/plain").On("/page", http =>
        {
            starts.Enqueue(TimeProvider.System.GetTimestamp());
            return http.Response.WriteAsync("open");
        });
        using var stage = new FetchStage(options => options.MaxCrawlDelay = TimeSpan.FromSeconds(0.3));
        for (var i = 0; i < 3; i++) await stage.GetAsync(Page(site["/page"]));
        var pauses = starts.Zip(starts.Skip(1), TimeProvider.System.GetElapsedTime).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, 0.25, 5));
    }

    private static FetchRequest Page(Uri url) => new(url, "text/html") { ObeysRobots = true };
}
