using System.Diagnostics;
using System.Globalization;
using Ingest.Benchmarks.Pipeline;
using Ingest.Newsroom;

namespace Ingest.Benchmarks;

/// <summary>
/// What a second worker adds: articles a second of one worker and of two over one PostgreSQL, each with the same few slots, from newsrooms a tenth of a
/// second away. The slots wait for the network, so that two cores are enough for two workers, the server and the newsrooms.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Rounds = 3;
    private const int Newsrooms = 5;
    private const int ArticlesPerSite = 30;
    private const int LatencyMilliseconds = 100;

    /// <summary>The share of the articles before and after which it is not measured: starts, and a rest that is no longer enough for all slots.</summary>
    private const double First = 0.15;
    private const double Last = 0.75;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Two seconds more than it takes the workers to count each other.
    private static readonly TimeSpan Acquaintance = TimeSpan.FromSeconds(8);

    private static readonly (string, string)[] Slots =
        [("Fetching:AllowedAddresses:0", "127.0.0.0/8"), ("Schedule:Concurrency", "2"), ("Schedule:ArticlesPerRefresh", "2"), ("Schedule:Tick", "00:00:01")];

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        await using var server = await BenchServer.StartAsync(stop);
        var newsrooms = new List<NewsroomProcess>();
        try
        {
            while (newsrooms.Count < Newsrooms) newsrooms.Add(await NewsroomProcess.StartAsync(ArticlesPerSite, LatencyMilliseconds, stop));
            var (one, two) = (new List<Sample>(), new List<Sample>());
            for (var round = 0; round < Rounds; round++)
            {
                one.Add(await new Run(server, newsrooms, $"one_{round}").WithAsync(1, stop));
                two.Add(await new Run(server, newsrooms, $"two_{round}").WithAsync(2, stop));
            }
            return Report([new Measured("one worker", one), new Measured("two workers", two)]);
        }
        finally
        {
            foreach (var newsroom in newsrooms) await newsroom.DisposeAsync();
        }
    }

    private static Report Report(IReadOnlyList<Measured> sides) => new($"cluster: articles from newsrooms {LatencyMilliseconds} ms away, PostgreSQL, 4 requests in flight for each worker", "article", sides)
    {
        Notes =
        [
            .. sides.Select(side => string.Create(CultureInfo.InvariantCulture, $"{side.Name}: {side.PerSecond.Median:0.0} articles/s ({side.PerSecond.Low:0.0}-{side.PerSecond.High:0.0}), and {side.MillisecondsElsewhere.Median:0.00} ms of the server's CPU for each")),
        ],
        Ratio = Spread.Of(sides[1].Samples.Zip(sides[0].Samples, (two, one) => two.PerSecond / one.PerSecond)),
    };

    private sealed class Run(BenchServer server, List<NewsroomProcess> newsrooms, string name)
    {
        public async Task<Sample> WithAsync(int count, CancellationToken stop)
        {
            var database = await server.CreateDatabaseAsync(name, stop);
            var workers = new List<WorkerOfItsOwn>();
            try
            {
                while (workers.Count < count) workers.Add(WorkerOfItsOwn.Start(database, Slots));
                await workers[0].UntilAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'workers'", 1, Patience, stop);
                await workers[0].UntilAsync("SELECT count(*) FROM workers", count, Patience, stop);
                await Task.Delay(Acquaintance, TimeProvider.System, stop);
                return await MeasureAsync(database, workers, stop);
            }
            finally
            {
                foreach (var worker in workers) await worker.DisposeAsync();
            }
        }

        private List<(NewsroomProcess Newsroom, NewsFeed Feed)> Feeds() =>
            [.. newsrooms.SelectMany(newsroom => newsroom.World.Feeds.Where(feed => !feed.FullText).DistinctBy(feed => feed.Site).Select(feed => (newsroom, feed)))];

        private async Task<Sample> MeasureAsync(string database, List<WorkerOfItsOwn> workers, CancellationToken stop)
        {
            var feeds = Feeds();
            var articles = feeds.Sum(feed => feed.Feed.Articles.Count);
            await BenchServer.ExecuteAsync(database, Subscribe(feeds), stop);
            var from = await ReachAsync(workers, (int)(articles * First), stop);
            var to = await ReachAsync(workers, (int)(articles * Last), stop);
            return new Sample((int)(to.Count - from.Count), to.Cpu - from.Cpu, 0, Stopwatch.GetElapsedTime(from.At, to.At), to.Elsewhere - from.Elsewhere);

            async Task<(long Count, long At, TimeSpan Cpu, TimeSpan Elsewhere)> ReachAsync(List<WorkerOfItsOwn> workers, int wanted, CancellationToken stop)
            {
                await workers[0].UntilAsync("SELECT count(*) FROM outbox", wanted, Patience, stop);
                var count = await BenchServer.CountAsync(database, "SELECT count(*) FROM outbox", stop);
                return (count, Stopwatch.GetTimestamp(), workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.CpuTime), server.CpuTime());
            }
        }

        private static string Subscribe(IEnumerable<(NewsroomProcess Newsroom, NewsFeed Feed)> feeds) => $"""
            INSERT INTO feeds (url, host, created_at, next_due_at, in_hand, deaths) VALUES
            {string.Join(", ", feeds.Select(feed => $"('{new Uri(feed.Newsroom.BaseUri, feed.Feed.Path)}', '{feed.Newsroom.BaseUri.Authority}', now(), now(), false, 0)"))}
            """;
    }
}
