using System.Diagnostics;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>Two real workers over one PostgreSQL: the work is shared, and what one leaves behind the other takes.</summary>
[Collection(Processes.Alone)]
public sealed class TwoWorkersTests(ITestOutputHelper output)
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(30);

    private static readonly (string, string)[] Quick =
    [
        ("Fetching:HostDelay", "00:00:00"), ("Fetching:HostConcurrency", "16"), ("Fetching:Timeout", "00:05:00"), ("Schedule:Concurrency", "2"),
        ("Schedule:Tick", "00:00:01"), ("Sinks:JsonLines:archive:Path", "articles.jsonl"),
    ];

    [Fact]
    public async Task Both_work_and_what_a_killed_one_held_is_taken_over_within_half_a_minute()
    {
        await using var database = await SharedDatabase.CreateEmptyAsync();
        await using var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions { ArticlesPerSite = 4 }, CancellationToken.None);
        // Whatever is asked for hangs: it stays in hand.
        foreach (var path in PathsOf(newsroom)) newsroom.Misbehave(path, new Misbehaviour.Slow(TimeSpan.FromMinutes(2)));
        await using var one = database.Start(newsroom.BaseUri.Authority, Quick);
        await using var two = database.Start(newsroom.BaseUri.Authority, Quick);
        await Wait.UntilAsync(() => AreThereAsync(database, 2), "two workers on what was an empty database");
        await SubscribeAsync(database, newsroom);
        await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT count(DISTINCT split_part(lease_owner, '/', 1)) FROM feeds WHERE lease_owner IS NOT NULL") == 2, "feeds in the hands of both");
        var relay = await database.AskAsync<string>("SELECT split_part(lease_owner, '/', 1) FROM deliveries WHERE sink = 'archive'");

        // The one with the sink, too.
        var killed = relay.Contains($":{one.Id}:", StringComparison.Ordinal) ? one : two;
        newsroom.HealAll();
        await killed.KillAsync();
        var begun = Stopwatch.GetTimestamp();
        await Wait.UntilAsync(() => HoldsNothingAsync(database, relay), "the other to take over");
        var time = Stopwatch.GetElapsedTime(begun);
        output.WriteLine($"taken over after {time.TotalSeconds:0.0} s");
        Assert.True(time < TakenOverWithin, $"taken over only after {time.TotalSeconds:0.0} s");

        await Wait.UntilAsync(async () => await database.AskAsync<long>($"SELECT count(*) FROM articles WHERE state = 'Ingested'") == newsroom.World.Articles.Count, "every article");
        await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT delivered FROM deliveries WHERE sink = 'archive'") == newsroom.World.Articles.Count, "every message");
        Assert.Equal(newsroom.World.Articles.Count, await database.AskAsync<long>("SELECT count(*) FROM outbox"));
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM failures"));
    }

    [Fact]
    public async Task What_a_stopped_one_held_is_free_when_it_ends()
    {
        await using var database = await SharedDatabase.CreateAsync();
        await using var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions { ArticlesPerSite = 4 }, CancellationToken.None);
        foreach (var path in PathsOf(newsroom)) newsroom.Misbehave(path, new Misbehaviour.Slow(TimeSpan.FromMinutes(2)));
        await using var stopped = database.Start(newsroom.BaseUri.Authority, Quick);
        await Wait.UntilAsync(() => AreThereAsync(database, 1), "the worker");
        await SubscribeAsync(database, newsroom);
        await Wait.UntilAsync(async () => await database.AskAsync<long>("SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL") >= 4, "feeds in its hands, begun and not");
        var (result, time) = await stopped.TerminateAsync();
        Assert.True(time < TimeSpan.FromSeconds(5), $"stopped after {time.TotalSeconds:0.0} s");
        Assert.Equal("", result.Errors);
        Assert.Equal(0, await database.AskAsync<long>("SELECT (SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL) + (SELECT count(*) FROM articles WHERE lease_owner IS NOT NULL) + (SELECT count(*) FROM deliveries WHERE lease_owner IS NOT NULL)"));
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM workers"));
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM feeds WHERE next_due_at > now() OR deaths > 0"));
    }

    private static IEnumerable<string> PathsOf(NewsroomServer newsroom) => newsroom.World.Feeds.Select(feed => feed.Path).Concat(newsroom.World.Articles.Select(article => article.Path));

    private static async Task SubscribeAsync(SharedDatabase database, NewsroomServer newsroom)
    {
        var tools = await database.OpenAsync(newsroom.BaseUri.Authority);
        foreach (var feed in newsroom.World.Feeds)
            await tools.Get<ICatalog>().AddFeedAsync(new Uri(newsroom.BaseUri, feed.Path), feed.Site.Name, tools.Get<TimeProvider>().GetUtcNow(), CancellationToken.None);
    }

    // Neither the table nor the database's other objects need be there yet.
    private static async Task<bool> AreThereAsync(SharedDatabase database, int workers) =>
        await database.AskAsync<bool>("SELECT to_regclass('workers') IS NOT NULL") && await database.AskAsync<long>("SELECT count(*) FROM workers") == workers;

    private static async Task<bool> HoldsNothingAsync(SharedDatabase database, string worker) => await database.AskAsync<long>($"""
        SELECT (SELECT count(*) FROM feeds WHERE starts_with(lease_owner, '{worker}/')) + (SELECT count(*) FROM articles WHERE starts_with(lease_owner, '{worker}/'))
             + (SELECT count(*) FROM deliveries WHERE starts_with(lease_owner, '{worker}/'))
        """) == 0;
}
