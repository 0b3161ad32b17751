using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Harness;

/// <summary>The pipeline in this process, over real HTTP and a real database: a newsroom, a data folder and the services between them.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private Workshop(NewsroomServer newsroom) => Newsroom = newsroom;

    public NewsroomServer Newsroom { get; }
    public Toolbox Tools { get; private set; } = null!;
    public string DataDir => _folder.Path;

    public static async Task<Workshop> OpenAsync(NewsroomOptions? options = null, params (string Key, string Value)[] settings)
    {
        var workshop = new Workshop(await NewsroomServer.StartAsync(options ?? new NewsroomOptions { ArticlesPerSite = 3 }, CancellationToken.None));
        workshop.Tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [.. workshop.Settings(settings)]), CancellationToken.None);
        return workshop;
    }

    /// <summary>The settings that let a worker at this newsroom.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings(params (string Key, string Value)[] further) =>
    [
        new("Storage:DataDir", DataDir),
        new("Fetching:AllowedAddresses:0", Newsroom.BaseUri.Authority),
        new("Fetching:HostDelay", "00:00:00"),
        new("Fetching:HostConcurrency", "8"),
        .. further.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)),
    ];

    public async Task<FeedSummary> SubscribeAsync(NewsFeed feed) =>
        (await Tools.Get<ICatalog>().AddFeedAsync(new Uri(Newsroom.BaseUri, feed.Path), feed.Site.Name, TimeProvider.System.GetUtcNow(), CancellationToken.None)).Feed;

    /// <summary>One whole poll, as a job would do it.</summary>
    public async Task PollAsync(long feedId)
    {
        Assert.True(await Tools.Get<IFeedStore>().ClaimAsync(feedId, Tools.Get<LeaseHolder>().Take(), CancellationToken.None));
        await Tools.Get<RefreshFeed>().RunAsync(feedId, CancellationToken.None);
    }

    public Task<IReadOnlyList<ArticleSummary>> ArticlesAsync() => Tools.Get<ICatalog>().ListArticlesAsync(null, null, int.MaxValue, CancellationToken.None);

    public Task<IReadOnlyList<FailureItem>> FailuresAsync() => Tools.Get<IFailureStore>().ListAsync(new FailureFilter(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        await Newsroom.DisposeAsync();
        _folder.Dispose();
    }
}
