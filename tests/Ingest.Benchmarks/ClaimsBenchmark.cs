using System.Globalization;
using Ingest.Pipeline;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace Ingest.Benchmarks;

/// <summary>What it costs to find a due feed and lease it, by the number of feeds in the table, all of them overdue as after an outage.</summary>
internal static class ClaimsBenchmark
{
    private const int Rounds = 21;
    private const int TicksPerRun = 10;
    private const int RoomAtOnce = 32;
    private const int RowsAtOnce = 5_000;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];
    private static readonly Uri NoNewsroom = new("http://127.0.0.1:9/");

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        var tables = new List<Table>();
        try
        {
            foreach (var size in Sizes)
            {
                tables.Add(await Table.OpenAsync(size, stop));
                await tables[^1].FillAsync(stop);
            }
            var sides = await Measure.InterleaveAsync(Rounds, [.. tables.Select(table => table.AsSide(stop))], stop);
            return new Report("claims: dispatch ticks that lease due feeds, the job engine left out", "feed", sides)
            {
                Notes = [$"compared: {Sizes[^1]} feeds against {Sizes[0]}"],
                Ratio = sides[^1].RatioTo(sides[0]),
            };
        }
        finally
        {
            foreach (var table in tables) await table.DisposeAsync();
        }
    }

    private sealed class Table : IAsyncDisposable
    {
        private readonly Workbench _bench;
        private readonly int _size;
        private readonly Enqueued _enqueued = new();
        private readonly DispatchFeeds _dispatch;

        private Table(Workbench bench, int size)
        {
            (_bench, _size) = (bench, size);
            var tools = bench.Tools;
            _dispatch = new DispatchFeeds(
                tools.Get<IFeedStore>(), _enqueued, tools.Get<LeaseHolder>(), tools.Get<HostThrottle>(), tools.Get<ILogger<DispatchFeeds>>());
        }

        public static async Task<Table> OpenAsync(int size, CancellationToken stop) => new(await Workbench.OpenAsync(NoNewsroom, stop), size);

        public async Task FillAsync(CancellationToken stop)
        {
            var now = _bench.Tools.Get<TimeProvider>().GetUtcNow();
            foreach (var numbers in Enumerable.Range(1, _size).Chunk(RowsAtOnce))
            {
                await _bench.Tools.Get<Database>().WriteAsync(context =>
                {
                    context.Feeds.AddRange(numbers.Select(number => Overdue(number, now)));
                    return context.SaveChangesAsync(stop);
                }, stop);
            }
        }

        public Side AsSide(CancellationToken stop) => new(string.Create(CultureInfo.InvariantCulture, $"{_size} feeds"), () => DispatchAsync(stop))
        {
            PrepareAsync = () => GiveBackAsync(stop),
        };

        public ValueTask DisposeAsync() => _bench.DisposeAsync();

        private async Task<int> DispatchAsync(CancellationToken stop)
        {
            for (var tick = 0; tick < TicksPerRun; tick++) await _dispatch.ClaimAsync(stop);
            return _enqueued.Jobs.Distinct().Count() == _enqueued.Jobs.Count
                ? _enqueued.Jobs.Count
                : throw new InvalidOperationException("a feed was leased twice");
        }

        private async Task GiveBackAsync(CancellationToken stop)
        {
            await _bench.Tools.Get<IWorkerRegistry>().LeaveAsync(stop);
            _enqueued.Jobs.Clear();
        }

        private static FeedRow Overdue(int number, DateTimeOffset now) => new()
        {
            Url = string.Create(CultureInfo.InvariantCulture, $"http://site-{number % 5_000}.example/feeds/{number}.xml"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Feed {number}"),
            CreatedAt = now,
            NextDueAt = now - TimeSpan.FromSeconds(number),
        };
    }

    /// <summary>A job engine that only remembers.</summary>
    private sealed class Enqueued : IJobQueue
    {
        public List<Job> Jobs { get; } = [];

        public Task EnqueueAsync(IReadOnlyCollection<NamedJob> jobs, CancellationToken stop)
        {
            Jobs.AddRange(jobs.Select(job => job.Job));
            return Task.CompletedTask;
        }

        public Task NoteFailureAsync(NamedJob job, JobOutcome.Failed failure, CancellationToken stop) => Task.CompletedTask;

        public int RoomFor(JobKind kind) => RoomAtOnce;

        public Task WaitForRoomAsync(JobKind kind, CancellationToken stop) => Task.CompletedTask;
    }
}
