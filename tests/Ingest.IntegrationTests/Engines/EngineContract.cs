using System.Diagnostics;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.IntegrationTests.Engines;

/// <summary>What every job engine does for the pipeline, whichever it is.</summary>
public abstract class EngineContract(ITestOutputHelper output)
{
    private static readonly TimeSpan AfterAKill = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    protected static ByHand ByHand { get; } = new("test", AuditSource.Cli, null);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract JobEngine Engine { get; }
    protected abstract StorageProvider Provider { get; }

    [Fact]
    public async Task What_is_due_runs_once()
    {
        await using var stage = await OpenAsync();
        for (var feed = 0; feed < 6; feed++) await stage.SubscribeAsync(feed);
        await using var worker = stage.Start();
        await Wait.UntilAsync(async () => await stage.IngestedAsync() == 12, "every article");
        await Wait.UntilAsync(async () => await stage.LeasesAsync() == 0, "the end of the jobs");
        Assert.Equal(18, stage.Site.Counts().Count);
        Assert.All(stage.Site.Counts(), path => Assert.Equal(1, path.Value));
        Assert.Equal(12, await stage.MessagesAsync());
        Assert.Empty(await stage.FailuresAsync());
    }

    [Fact]
    public async Task Enqueuing_again_what_waits_or_runs_polls_no_third_time()
    {
        await using var stage = await OpenAsync();
        var feed = await stage.SubscribeAsync(0);
        stage.Site.Close();
        var engine = await stage.HostAsync();
        try
        {
            // The host's own first look for due feeds may have been faster.
            await engine.Services.GetRequiredService<IFeedStore>().ClaimAsync(feed, engine.Services.GetRequiredService<LeaseHolder>().Take(), Stop);
            var jobs = engine.Services.GetRequiredService<IJobQueue>();
            for (var i = 0; i < 20; i++) await jobs.EnqueueAsync([NamedJob.RefreshFeed(new DueFeed(feed, null, null))], Stop);
            await Wait.UntilAsync(() => stage.Site.Waiting > 0, "the poll");
            for (var i = 0; i < 20; i++) await jobs.EnqueueAsync([NamedJob.RefreshFeed(new DueFeed(feed, null, null))], Stop);
            stage.Site.Open();
            await Wait.UntilAsync(async () => await stage.IngestedAsync() == 2 && await stage.LeasesAsync() == 0, "the refresh");
            // One that runs and one that waits behind it, whatever was enqueued.
            Assert.InRange(stage.Site.RequestsFor(ScriptedSite.Feed(0)).Count, 1, 2);
        }
        finally
        {
            await engine.StopAsync(CancellationToken.None);
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_growing_waits_until_its_attempts_are_used_up_and_a_rerun_heals_it()
    {
        await using var stage = await OpenAsync();
        stage.Site.Answer(ScriptedSite.Article(0, 0), 500);
        stage.Site.Answer(ScriptedSite.Article(0, 1), 404);
        await stage.SubscribeAsync(0);
        await using var worker = stage.Start();
        await Wait.UntilAsync(async () => (await stage.FailuresAsync()) is { Count: 2 } list && list.All(failure => failure.NextRetryAt is null), "both given up");
        var failures = (await stage.FailuresAsync()).ToDictionary(failure => new Uri(failure.Url!).AbsolutePath);
        Assert.Equal((FailureKind.Transient, 3), (failures[ScriptedSite.Article(0, 0)].Kind, failures[ScriptedSite.Article(0, 0)].Attempts));
        Assert.Equal((FailureKind.Permanent, 1), (failures[ScriptedSite.Article(0, 1)].Kind, failures[ScriptedSite.Article(0, 1)].Attempts));
        // 1 s and 4 s, each ± 20%.
        var attempts = stage.Site.RequestsFor(ScriptedSite.Article(0, 0));
        Assert.Equal(3, attempts.Count);
        Assert.InRange(attempts[1] - attempts[0], TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(20));
        Assert.InRange(attempts[2] - attempts[1], TimeSpan.FromSeconds(3.2), TimeSpan.FromSeconds(20));
        Assert.Single(stage.Site.RequestsFor(ScriptedSite.Article(0, 1)));

        stage.Site.Answer(ScriptedSite.Article(0, 0), 200);
        stage.Site.Answer(ScriptedSite.Article(0, 1), 200);
        await stage.Tools.Get<IFailureStore>().RerunAsync(new FailureFilter(), ByHand, null, stage.Tools.Get<TimeProvider>().GetUtcNow(), Stop);
        await Wait.UntilAsync(async () => await stage.IngestedAsync() == 2, "both articles");
        Assert.Empty(await stage.FailuresAsync());
        Assert.Equal(2, await stage.MessagesAsync());
    }

    [Fact]
    public async Task What_a_killed_worker_had_in_hand_runs_again_within_half_a_minute()
    {
        await using var stage = await OpenAsync();
        for (var feed = 0; feed < 8; feed++) await stage.SubscribeAsync(feed);
        stage.Site.Close();
        var killed = stage.Start(("Schedule:Concurrency", "2"));
        await using var other = stage.IsShared ? stage.Start(("Schedule:Concurrency", "2")) : null;
        await Wait.UntilAsync(async () => stage.Site.Waiting >= (stage.IsShared ? 4 : 2) && (!stage.IsShared || await stage.HoldersAsync() == 2), "feeds in hand");
        stage.Site.Open();
        await killed.KillAsync();
        var begun = Stopwatch.GetTimestamp();
        await using var next = stage.IsShared ? null : stage.Start();
        await Wait.UntilAsync(async () => await stage.IngestedAsync() == 16 && await stage.LeasesAsync() == 0, "every article");
        var time = Stopwatch.GetElapsedTime(begun);
        Report($"after kill -9 everything was done after {time.TotalSeconds:0.0} s");
        Assert.True(time < AfterAKill, $"only after {time.TotalSeconds:0.0} s");
        Assert.Equal(16, await stage.MessagesAsync());
        Assert.Empty(await stage.FailuresAsync());
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_that_is_stopped_with_fifty_jobs_running_gives_them_back_in_time()
    {
        await using var stage = await OpenAsync();
        for (var feed = 0; feed < 60; feed++) await stage.SubscribeAsync(feed);
        stage.Site.Close();
        await using (var worker = stage.Start(("Schedule:Concurrency", "50")))
        {
            await Wait.UntilAsync(() => stage.Site.Waiting >= 50, "fifty running jobs");
            var (result, time) = await worker.TerminateAsync();
            Report($"stopped with fifty jobs running within {time.TotalSeconds:0.0} s");
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.True(time < StopsWithin, $"stopped after {time.TotalSeconds:0.0} s");
        }
        Assert.Equal((0, 0, 0), (await stage.LeasesAsync(), await stage.WorkersAsync(), await stage.IngestedAsync()));
        Assert.Empty(await stage.FailuresAsync());

        stage.Site.Open();
        var given = Stopwatch.GetTimestamp();
        await using var next = stage.Start();
        await Wait.UntilAsync(async () => await stage.IngestedAsync() == 120 && await stage.LeasesAsync() == 0, "every article");
        Report($"what was given back was done {Stopwatch.GetElapsedTime(given).TotalSeconds:0.0} s after the next start");
        Assert.Equal(120, await stage.MessagesAsync());
        // Each feed was asked for by the first worker at most once, and by the second once.
        Assert.All(stage.Site.Counts().Where(path => path.Key.StartsWith("/article/", StringComparison.Ordinal)), path => Assert.Equal(1, path.Value));
        Assert.All(stage.Site.Counts(), path => Assert.InRange(path.Value, 1, 2));
        Assert.Empty(await stage.FailuresAsync());
    }

    [Fact]
    public async Task Ten_thousand_jobs_run_once_each()
    {
        const int Feeds = 10_000;
        await using var stage = await OpenAsync(articlesPerFeed: 0);
        await stage.SubscribeManyAsync(Feeds);
        await using var worker = stage.Start(("Schedule:Concurrency", "16"));
        await Wait.UntilAsync(() => stage.Site.Counts().Count > 0, "the first");
        var begun = Stopwatch.GetTimestamp();
        await Wait.UntilAsync(async () => await stage.PolledAsync() == Feeds && await stage.LeasesAsync() == 0, "ten thousand polls", TimeSpan.FromMinutes(12));
        var time = Stopwatch.GetElapsedTime(begun);
        Report($"ten thousand jobs in {time.TotalSeconds:0} s, {time.TotalMilliseconds / Feeds:0.0} ms each with the poll");
        Assert.Equal(Feeds, stage.Site.Counts().Count);
        Assert.All(stage.Site.Counts(), path => Assert.Equal(1, path.Value));
        Assert.Empty(await stage.FailuresAsync());
    }

    private protected Task<EngineStage> OpenAsync(int articlesPerFeed = 2) => EngineStage.OpenAsync(Engine, Provider, articlesPerFeed);

    private protected void Report(string figure)
    {
        output.WriteLine(figure);
        if (Environment.GetEnvironmentVariable("TEST_REPORTS") is { Length: > 0 } folder) File.AppendAllText(Path.Combine(folder, "engines.txt"), $"{GetType().Name}: {figure}{Environment.NewLine}");
    }
}

/// <summary>What an engine does where several workers share a database.</summary>
public abstract class SharedEngineContract(ITestOutputHelper output) : EngineContract(output)
{
    protected override StorageProvider Provider => StorageProvider.Postgres;

    [Fact]
    public async Task Two_workers_share_what_is_due()
    {
        await using var stage = await OpenAsync();
        stage.Site.Close();
        await using var one = stage.Start(("Schedule:Concurrency", "2"));
        await using var two = stage.Start(("Schedule:Concurrency", "2"));
        await Wait.UntilAsync(async () => await stage.WorkersAsync() == 2, "both workers");
        for (var feed = 0; feed < 12; feed++) await stage.SubscribeAsync(feed);
        await Wait.UntilAsync(async () => await stage.HoldersAsync() == 2 && stage.Site.Waiting >= 4, "feeds in the hands of both");
        stage.Site.Open();
        await Wait.UntilAsync(async () => await stage.IngestedAsync() == 24 && await stage.LeasesAsync() == 0, "every article");
        Assert.All(stage.Site.Counts(), path => Assert.Equal(1, path.Value));
        Assert.Equal(24, await stage.MessagesAsync());
        Assert.Empty(await stage.FailuresAsync());
    }
}
