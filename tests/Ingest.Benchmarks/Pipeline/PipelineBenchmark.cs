using System.Globalization;
using Ingest.Core.Articles;
using Ingest.Newsroom;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>
/// Everything that happens to an article on PostgreSQL, from the poll of its feed to its place in the queue, against the extraction alone of the same
/// pages; its parts each by itself; and what a hundred times more stored articles and feeds change. The newsroom is another process and costs nobody.
/// </summary>
internal static class PipelineBenchmark
{
    private const int Rounds = 7;
    private const int ArticlesPerSite = 30;
    private const int FewArticles = 1_000;
    private const int ManyArticles = 100_000;
    private const int FewFeeds = 100;
    private const int ManyFeeds = 10_000;

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        await using var newsroom = await NewsroomProcess.StartAsync(ArticlesPerSite, stop);
        await using var server = await BenchServer.StartAsync(stop);
        var feeds = ExcerptFeeds(newsroom.World);
        var addresses = feeds.SelectMany(feed => feed.Articles).Select(article => new Uri(newsroom.BaseUri, article.Path)).ToList();
        var pages = await Samples.PagesAsync(addresses, stop);
        await using var few = await FilledAsync(server, "few", FewArticles, FewFeeds, newsroom, feeds, stop);
        await using var many = await FilledAsync(server, "many", ManyArticles, ManyFeeds, newsroom, feeds, stop);
        var sides = await Measure.InterleaveAsync(
            Rounds,
            [
                Of(server, "pipeline: feed to queue", few, few.RunAsync, stop),
                Of(server, "the same without the job engine", few, few.RunWithoutEngineAsync, stop),
                Of(server, "its database calls alone", few, few.RunDatabaseAsync, stop),
                new Side("its fetches alone", () => few.RunFetchAsync(addresses, stop)),
                Extraction(pages),
                Of(server, "pipeline over the large database", many, many.RunAsync, stop),
            ],
            stop);
        var memory = await WorkerMemory.PeakAsync(await server.CreateDatabaseAsync("memory", stop), newsroom, ManyFeeds, stop);
        var figures = new PipelineFigures(sides[0], sides[1], sides[2], sides[3], sides[4], sides[5]);
        return new Report($"pipeline: {pages.Count} articles of {feeds.Count} feeds over loopback, PostgreSQL, queue; this process's CPU alone", "article", sides)
        {
            Notes =
            [
                .. figures.Lines($"{FewArticles:N0} stored articles, {FewFeeds} feeds", $"{ManyArticles:N0} stored articles, {ManyFeeds:N0} feeds"),
                string.Create(CultureInfo.InvariantCulture, $"peak memory (RSS) of a worker that polls {ManyFeeds:N0} feeds: {memory / 1024.0 / 1024:0} MB"),
            ],
            Ratio = sides[0].RatioInAllTo(sides[4]),
        };
    }

    /// <summary>One feed a site that has any: all their articles' pages are fetched, and each once.</summary>
    private static List<NewsFeed> ExcerptFeeds(NewsWorld world) =>
        [.. world.Feeds.Where(feed => !feed.FullText).DistinctBy(feed => feed.Site)];

    /// <summary>A worker over a database with a past.</summary>
    private static async Task<Rig> FilledAsync(BenchServer server, string name, int articles, int feeds, NewsroomProcess newsroom, List<NewsFeed> listed, CancellationToken stop)
    {
        var database = await server.CreateDatabaseAsync(name, stop);
        var rig = await Rig.StartAsync(database, newsroom.BaseUri, listed, listed.Sum(feed => feed.Articles.Count), stop);
        rig.Recorder.IsOn = true;
        await rig.RunWithoutEngineAsync(stop);
        rig.Recorder.IsOn = false;
        await StoredNews.FillAsync(database, articles, feeds, stop);
        return rig;
    }

    private static Side Of(BenchServer server, string name, Rig rig, Func<CancellationToken, Task<int>> runAsync, CancellationToken stop) => new(name, () => runAsync(stop))
    {
        PrepareAsync = () => rig.ForgetAsync(stop),
        CpuElsewhere = server.CpuTime,
    };

    private static Side Extraction(IReadOnlyList<PageInput> pages)
    {
        var extractor = new ArticleExtractor();
        return new Side("extraction alone", () => Task.FromResult(pages.Count(page => extractor.Extract(page) is ExtractionOutcome.Extracted) == pages.Count
            ? pages.Count
            : throw new InvalidOperationException("a page gave no article")));
    }
}
