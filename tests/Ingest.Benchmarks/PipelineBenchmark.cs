using System.Diagnostics;
using System.Globalization;
using Ingest.Core.Articles;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Benchmarks;

/// <summary>
/// Everything that happens to an article, from the poll of its feed to its line in the JSON Lines file, against the extraction alone of the same
/// pages. Only what the worker spends; the newsroom is another process.
/// </summary>
internal static class PipelineBenchmark
{
    private const int Rounds = 9;
    private const int ArticlesPerSite = 30;

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        await using var newsroom = await NewsroomProcess.StartAsync(ArticlesPerSite, stop);
        var feeds = ExcerptFeeds(newsroom.World);
        var pages = await Samples.PagesAsync(feeds.SelectMany(feed => feed.Articles).Select(article => new Uri(newsroom.BaseUri, article.Path)), stop);
        await using var pass = new Pass(newsroom, feeds, pages.Count, stop);
        var whole = new Side("pipeline: feed to JSON Lines", pass.RunAsync) { PrepareAsync = pass.PrepareAsync };
        var sides = await Measure.InterleaveAsync(Rounds, [whole, Extraction(pages)], stop);
        using var process = Process.GetCurrentProcess();
        var rate = sides[0].PerSecond;
        return new Report($"pipeline: {pages.Count} articles of {feeds.Count} feeds over loopback, SQLite, JSON Lines", "article", sides)
        {
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"pipeline: {rate.Median:0} articles/s ({rate.Low:0}-{rate.High:0}) by the clock on the wall"),
                string.Create(CultureInfo.InvariantCulture, $"peak memory of the process (RSS): {process.PeakWorkingSet64 / 1024.0 / 1024:0} MB"),
            ],
            Ratio = sides[0].RatioTo(sides[1]),
        };
    }

    /// <summary>One feed a site that has any: all their articles' pages are fetched, and each once.</summary>
    private static List<NewsFeed> ExcerptFeeds(NewsWorld world) =>
        [.. world.Feeds.Where(feed => !feed.FullText).DistinctBy(feed => feed.Site)];

    private static Side Extraction(IReadOnlyList<PageInput> pages)
    {
        var extractor = new ArticleExtractor();
        return new Side("extraction alone", () => Task.FromResult(pages.Count(page => extractor.Extract(page) is ExtractionOutcome.Extracted) == pages.Count
            ? pages.Count
            : throw new InvalidOperationException("a page gave no article")));
    }

    /// <summary>One pass over the feeds, each time with a database of its own.</summary>
    private sealed class Pass(NewsroomProcess newsroom, List<NewsFeed> feeds, int articles, CancellationToken stop) : IAsyncDisposable
    {
        private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private Workbench? _bench;
        private IReadOnlyList<long> _feedIds = [];

        public async Task PrepareAsync()
        {
            await DisposeAsync();
            _bench = await Workbench.OpenAsync(newsroom.BaseUri, stop);
            _feedIds = await _bench.SubscribeAsync(newsroom.BaseUri, feeds, stop);
        }

        public async Task<int> RunAsync()
        {
            var tools = _bench!.Tools;
            var progress = tools.Get<Progress>();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var relay = ActivatorUtilities.CreateInstance<DeliverOutbox>(tools.Get<IServiceProvider>(), tools.Get<IReadOnlyList<ConfiguredSink>>()[0]).RunAsync(ending.Token);
            var concurrency = new ParallelOptions { MaxDegreeOfParallelism = tools.Get<IOptions<ScheduleOptions>>().Value.Concurrency, CancellationToken = stop };
            await Parallel.ForEachAsync(_feedIds, concurrency, async (feed, token) => await tools.Get<RefreshFeed>().RunAsync(feed, token));
            var cleaned = progress.Snapshot().Cleaned;
            if (cleaned == articles) await DeliveredAsync(progress, tools.Get<TimeProvider>());
            await ending.CancelAsync();
            await relay;
            return cleaned == articles ? articles : throw new InvalidOperationException($"{cleaned} of {articles} articles came through");
        }

        public async ValueTask DisposeAsync()
        {
            if (_bench is not null) await _bench.DisposeAsync();
            _bench = null;
        }

        private async Task DeliveredAsync(Progress progress, TimeProvider clock)
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
            while (progress.Snapshot().Delivered < articles) await Task.Delay(LookEvery, clock, both.Token);
        }
    }
}
