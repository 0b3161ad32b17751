using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>What a server sees of two workers that ask it over one database.</summary>
public sealed class HostPolitenessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_pause_one_worker_asks_a_host_at_a_time_and_the_pause_holds_over_the_change()
    {
        await using var host = await CountingHost.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        var (first, second) = (await WorkerAsync(database, host, Polite), await WorkerAsync(database, host, Polite));
        await AskAsync(first, host, 4);
        Assert.IsType<FetchOutcome.Deferred>(await FetchAsync(second, host));
        await first.Get<IWorkerRegistry>().LeaveAsync(Stop);
        await UntilFetchedAsync(second, host);
        await AskAsync(second, host, 3);
        Assert.Equal(8, host.Starts.Count);
        // A request takes a varying millisecond to arrive; on a busy machine more.
        Assert.True(host.ShortestPause > TimeSpan.FromMilliseconds(200), $"two requests began {host.ShortestPause.TotalMilliseconds:0} ms apart, not 500");
        Assert.InRange(host.MostAtOnce, 1, 2);
    }

    [Fact]
    public async Task Without_a_pause_the_workers_share_the_requests_at_a_time()
    {
        await using var host = await CountingHost.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        var (first, second) = (await WorkerAsync(database, host, Unhurried), await WorkerAsync(database, host, Unhurried));
        // As if both had been counted long ago.
        foreach (var worker in (Toolbox[])[first, second]) worker.Get<HostThrottle>().Hear(new Pulse(2, [], []));
        await Task.WhenAll(AskAsync(first, host, 30), AskAsync(second, host, 30));
        Assert.Equal(60, host.Starts.Count);
        Assert.InRange(host.MostAtOnce, 3, 4);
    }

    [Fact]
    public async Task More_workers_than_requests_at_a_time_take_turns()
    {
        await using var host = await CountingHost.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        (string, string)[] single = [("Fetching:HostDelay", "00:00:00"), ("Fetching:HostConcurrency", "1")];
        var (first, second) = (await WorkerAsync(database, host, single), await WorkerAsync(database, host, single));
        foreach (var worker in (Toolbox[])[first, second]) worker.Get<HostThrottle>().Hear(new Pulse(2, [], []));
        await AskAsync(first, host, 5);
        Assert.IsType<FetchOutcome.Deferred>(await FetchAsync(second, host));
        Assert.Equal(1, host.MostAtOnce);
    }

    [Fact]
    public async Task A_wish_for_quiet_is_heard_by_the_others_and_after_a_restart()
    {
        await using var host = await CountingHost.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        var (first, second) = (await WorkerAsync(database, host, Unhurried), await WorkerAsync(database, host, Unhurried));
        host.Quiet = 60;
        Assert.Equal(FetchFault.RateLimited, Assert.IsType<FetchOutcome.Failed>(await FetchAsync(first, host)).Fault);
        host.Quiet = null;
        second.Get<HostThrottle>().Hear(await second.Get<IWorkerRegistry>().BeatAsync(Stop));
        var restarted = await WorkerAsync(database, host, Polite);
        foreach (var worker in (Toolbox[])[first, second, restarted])
        {
            var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(worker, host));
            Assert.InRange(failed.RetryAfter!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        }
        Assert.Single(host.Starts);
    }

    [Fact]
    public async Task Feeds_of_a_host_that_another_worker_asks_are_passed_over_until_its_lease_runs_out()
    {
        await using var host = await CountingHost.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        var (first, second) = (await WorkerAsync(database, host, Polite), await WorkerAsync(database, host, Polite));
        var (catalog, clock) = (first.Get<ICatalog>(), first.Get<TimeProvider>());
        foreach (var url in (string[])[$"http://{host.Authority}/1", $"http://{host.Authority}/2", "http://other.example/3"]) await catalog.AddFeedAsync(new Uri(url), null, clock.GetUtcNow(), Stop);
        await AskAsync(first, host, 1);
        var others = await second.Get<IFeedStore>().ClaimDueAsync(10, second.Get<LeaseHolder>().Take(), Stop);
        Assert.Equal("other.example", Assert.Single(others).Host);
        Assert.Equal(2, (await first.Get<IFeedStore>().ClaimDueAsync(10, first.Get<LeaseHolder>().Take(), Stop)).Count);
        await catalog.AddFeedAsync(new Uri($"http://{host.Authority}/4"), null, clock.GetUtcNow(), Stop);
        await database.AskAsync<int>("UPDATE hosts SET lease_until = now() - interval '1 minute' RETURNING 1");
        Assert.Single(await second.Get<IFeedStore>().ClaimDueAsync(10, second.Get<LeaseHolder>().Take(), Stop));
    }

    [Fact]
    public async Task A_sitemap_on_a_host_that_another_worker_asks_is_read_soon_instead_of_at_the_feeds_next_time()
    {
        await using var host = await CountingHost.StartAsync();
        await using var site = await PlainSite.StartAsync();
        await using var database = await SharedDatabase.CreateAsync();
        site.Put("/index.xml", "application/xml", $"<sitemapindex><sitemap><loc>http://{host.Authority}/feed/1</loc></sitemap></sitemapindex>");
        var (first, second) = (await WorkerAsync(database, host, Polite), await WorkerAsync(database, host, [.. Polite, ("Fetching:AllowedAddresses:1", site[""].Authority), ("Schedule:MinInterval", "00:00:07")]));
        var feed = (await second.Get<ICatalog>().AddFeedAsync(site["/index.xml"], null, second.Get<TimeProvider>().GetUtcNow(), Stop)).Feed.Id;
        await AskAsync(first, host, 1);
        await PollAsync(second, feed);
        Assert.Single(host.Starts);
        Assert.Equal(7, await database.AskAsync<double>("SELECT extract(epoch FROM next_due_at - last_polled_at)::float8 FROM feeds"), 0.1);
        Assert.Empty(await second.Get<IFailureStore>().ListAsync(new FailureFilter(), Stop));

        await first.Get<IWorkerRegistry>().LeaveAsync(Stop);
        await UntilFetchedAsync(second, host);
        await PollAsync(second, feed);
        // Its robots.txt and the sitemap.
        Assert.Equal(4, host.Starts.Count);
        Assert.InRange(await database.AskAsync<double>("SELECT extract(epoch FROM next_due_at - last_polled_at)::float8 FROM feeds"), 60, double.MaxValue);
    }

    private static async Task PollAsync(Toolbox worker, long feed)
    {
        Assert.True(await worker.Get<IFeedStore>().ClaimAsync(feed, worker.Get<LeaseHolder>().Take(), Stop));
        Assert.IsType<JobOutcome.Done>(await worker.Get<RefreshFeed>().RunAsync(feed, Stop));
    }

    private static readonly (string, string)[] Polite = [("Fetching:HostDelay", "00:00:00.5"), ("Fetching:HostConcurrency", "2")];
    private static readonly (string, string)[] Unhurried = [("Fetching:HostDelay", "00:00:00"), ("Fetching:HostConcurrency", "4")];

    private static async Task<Toolbox> WorkerAsync(SharedDatabase database, CountingHost host, (string, string)[] politeness)
    {
        var tools = await database.OpenAsync(host.Authority, politeness);
        var pulse = await tools.Get<IWorkerRegistry>().EnterAsync(Stop);
        tools.Get<HostThrottle>().Hear(pulse with { Workers = 1 });
        return tools;
    }

    private static Task<FetchOutcome> FetchAsync(Toolbox worker, CountingHost host) => worker.Get<Fetcher>().GetAsync(new FetchRequest(host.Page, "*/*"), Stop);

    private static async Task AskAsync(Toolbox worker, CountingHost host, int times)
    {
        foreach (var outcome in await Task.WhenAll(Enumerable.Range(0, times).Select(_ => FetchAsync(worker, host)))) Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    private static Task UntilFetchedAsync(Toolbox worker, CountingHost host) =>
        Wait.UntilAsync(async () => await FetchAsync(worker, host) is FetchOutcome.Fetched, "the host's lease");
}
