using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>Many feeds on few slow hosts, polled by real workers over one PostgreSQL: what each host sees is one request at a time, and a pause.</summary>
[Collection(Processes.Alone)]
public sealed class ManySlowHostsTests(ITestOutputHelper output)
{
    /// <summary>Between the starts as the workers send them. One that arrives late brings the next nearer, but no stretch of requests is ever shorter than its pauses by more than that.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly (string, string)[] Polite =
    [
        ("Fetching:HostDelay", "00:00:00.1"), ("Fetching:HostConcurrency", "1"), ("Schedule:Concurrency", "16"), ("Schedule:Tick", "00:00:00.5"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task No_host_sees_more_than_one_request_at_a_time(int workers) => RunAsync(workers, hosts: 10, feedsPerHost: 20, TimeSpan.FromMilliseconds(60));

    /// <summary>The same at the size of a country's press; some three minutes.</summary>
    [Fact(Explicit = true)]
    public Task Nor_with_two_thousand_feeds_on_fifty_hosts() => RunAsync(2, hosts: 50, feedsPerHost: 40, TimeSpan.FromMilliseconds(200));

    private async Task RunAsync(int workers, int hosts, int feedsPerHost, TimeSpan answering)
    {
        await using var database = await SharedDatabase.CreateAsync();
        var sites = await Task.WhenAll(Enumerable.Range(0, hosts).Select(_ => CountingHost.StartAsync(answering)));
        // Its own start makes the tables; the feeds are there when the others begin.
        var tools = await database.OpenAsync("127.0.0.0/8", Polite);
        var feeds = sites.SelectMany(site => Enumerable.Range(0, feedsPerHost).Select(number => new Subscription(new Uri($"http://{site.Authority}/feed/{number}"), null))).ToList();
        await tools.Get<ISubscriptionStore>().AddAsync(feeds, tools.Get<TimeProvider>().GetUtcNow(), TestContext.Current.CancellationToken);
        var processes = Enumerable.Range(0, workers).Select(_ => database.Start("127.0.0.0/8", Polite)).ToList();
        try
        {
            await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT count(*) FROM feeds WHERE last_polled_at IS NOT NULL") == feeds.Count, "every feed's poll", TimeSpan.FromMinutes(5));
        }
        finally
        {
            foreach (var process in processes) await process.DisposeAsync();
        }
        foreach (var site in sites)
        {
            Assert.Equal(feedsPerHost, site.Starts.Count);
            Assert.Equal(1, site.MostAtOnce);
            Assert.True(site.AheadOf(Pause) < Pause, $"requests came {site.AheadOf(Pause).TotalMilliseconds:0} ms before their time");
        }
        output.WriteLine($"{feeds.Count} feeds, {hosts} hosts, {workers} workers: {sites.Max(site => site.AheadOf(Pause)).TotalMilliseconds:0} ms ahead of their pauses at worst");
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM failures"));
        foreach (var site in sites) await site.DisposeAsync();
    }
}
