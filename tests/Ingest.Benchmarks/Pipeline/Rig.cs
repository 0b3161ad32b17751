using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Ingest.Worker.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>
/// The worker as it runs, without its pages: engine, flow, stores, relay and the default sink, over one database that stays from round to round.
/// The newsroom's feeds are due when a round says so.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly IHost _host;
    private readonly DirectoryInfo _folder;
    private readonly string _database;
    private readonly int _articles;
    private IReadOnlyList<long> _feeds = [];

    private Rig(IHost host, DirectoryInfo folder, string database, int articles) => (_host, _folder, _database, _articles) = (host, folder, database, articles);

    public Recorder Recorder => Get<Recorder>();

    /// <param name="articles">How many the feeds list in all.</param>
    public static async Task<Rig> StartAsync(string database, Uri newsroom, IReadOnlyList<NewsFeed> feeds, int articles, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-");
        var rig = new Rig(Build(database, newsroom, folder.FullName), folder, database, articles);
        await rig.Get<IServiceProvider>().PrepareSchemaAsync(stop);
        await rig.Get<IServiceProvider>().RegisterSinksAsync(stop);
        var now = rig.Get<TimeProvider>().GetUtcNow();
        var ids = new List<long>();
        foreach (var feed in feeds) ids.Add((await rig.Get<ICatalog>().AddFeedAsync(new Uri(newsroom, feed.Path), feed.Site.Name, now, stop)).Feed.Id);
        rig._feeds = ids;
        await rig.ForgetAsync(stop);
        await rig._host.StartAsync(stop);
        return rig;
    }

    /// <summary>The feeds as they were before their first poll, and nothing of what they brought.</summary>
    public Task ForgetAsync(CancellationToken stop) => BenchServer.ExecuteAsync(_database, $"""
        DELETE FROM queue_entries WHERE sequence IN (SELECT sequence FROM outbox WHERE feed_id IN ({string.Join(',', _feeds)}));
        DELETE FROM outbox WHERE feed_id IN ({string.Join(',', _feeds)});
        DELETE FROM raw_pages WHERE article_id IN (SELECT id FROM articles WHERE feed_id IN ({string.Join(',', _feeds)}));
        DELETE FROM articles WHERE feed_id IN ({string.Join(',', _feeds)});
        UPDATE feeds SET next_due_at = now() + interval '1 year', last_polled_at = NULL, etag = NULL, last_modified = NULL, body_hash = NULL WHERE id IN ({string.Join(',', _feeds)})
        """, stop);

    /// <summary>All of it: the feeds fall due, the engine does the rest.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var before = Get<Progress>().Snapshot().Delivered;
        foreach (var feed in _feeds) await Get<ICatalog>().MakeDueAsync(feed, Get<TimeProvider>().GetUtcNow(), stop);
        return await DeliveredAsync(before, stop);
    }

    /// <summary>The same without the engine: each refresh is called outright.</summary>
    public async Task<int> RunWithoutEngineAsync(CancellationToken stop)
    {
        var before = Get<Progress>().Snapshot().Delivered;
        await ForEachFeedAsync(async (feed, token) => await Get<RefreshFeed>().RunAsync(feed, token), stop);
        return await DeliveredAsync(before, stop);
    }

    /// <summary>What the recorded pass asked of the database, and the relay to the queue.</summary>
    public async Task<int> RunDatabaseAsync(CancellationToken stop)
    {
        var before = Get<Progress>().Snapshot().Delivered;
        var polls = Recorder.Polls.ToDictionary(poll => poll.Result.FeedId);
        await ForEachFeedAsync(async (feed, token) =>
        {
            var (result, articles) = polls[feed];
            var lease = (await Get<IFeedStore>().FindAsync(feed, token))!.LeaseOwner;
            await Get<IFeedStore>().KnownAsync([.. articles.Select(article => article.Identity)], token);
            await Get<IFeedStore>().SavePollAsync(result with { NextDueAt = result.NextDueAt.AddYears(1), LeaseOwner = lease }, articles, token);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Schedule.ArticlesPerRefresh, CancellationToken = token };
            await Parallel.ForEachAsync(articles, parallel, async (article, ending) => await Get<IArticleStore>().SaveIngestedAsync(Recorder.Articles[article.Id], ending));
            Get<OutboxSignal>().Raise();
        }, stop);
        return await DeliveredAsync(before, stop);
    }

    /// <summary>The pages' way over HTTP alone.</summary>
    public async Task<int> RunFetchAsync(IReadOnlyList<Uri> pages, CancellationToken stop)
    {
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Schedule.Concurrency, CancellationToken = stop }, async (page, token) =>
        {
            if (await Get<Fetcher>().GetAsync(new FetchRequest(page, "text/html"), token) is not FetchOutcome.Fetched) throw new InvalidOperationException($"{page} was not fetched");
        });
        return pages.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Delete(recursive: true);
    }

    private ScheduleOptions Schedule => Get<IOptions<ScheduleOptions>>().Value;

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    private Task ForEachFeedAsync(Func<long, CancellationToken, Task> workAsync, CancellationToken stop) =>
        Parallel.ForEachAsync(_feeds, new ParallelOptions { MaxDegreeOfParallelism = Schedule.Concurrency, CancellationToken = stop }, async (feed, token) =>
        {
            if (!await Get<IFeedStore>().ClaimAsync(feed, Get<LeaseHolder>().Take(), token)) throw new InvalidOperationException("a feed is held by somebody else");
            await workAsync(feed, token);
        });

    private async Task<int> DeliveredAsync(long before, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, Get<TimeProvider>());
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        while (Get<Progress>().Snapshot().Delivered - before < _articles) await Task.Delay(LookEvery, Get<TimeProvider>(), both.Token);
        return _articles;
    }

    private static IHost Build(string database, Uri newsroom, string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:Provider", "postgres"),
            new("Storage:ConnectionString", database),
            new("Storage:DataDir", folder),
            new("Fetching:AllowedAddresses:0", newsroom.Authority),
            new("Fetching:HostDelay", "00:00:00"),
            new("Fetching:HostConcurrency", "64"),
            new("Schedule:Tick", "00:00:00.25"),
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddIngest(builder.Configuration).AddSingleton<Recorder>();
        Decorate<IFeedStore>(builder.Services, (provider, feeds) => new RecordedFeeds(feeds, provider.GetRequiredService<Recorder>()));
        Decorate<IArticleStore>(builder.Services, (provider, articles) => new RecordedArticles(articles, provider.GetRequiredService<Recorder>()));
        builder.Services.AddHostedService<Heartbeat>().AddQuartzJobs(builder.Configuration.GetSection(ScheduleOptions.Section).Get<ScheduleOptions>()!, clustered: true).AddHostedService<Relays>();
        return builder.Build();
    }

    private static void Decorate<T>(IServiceCollection services, Func<IServiceProvider, T, T> decorate) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => decorate(provider, (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
