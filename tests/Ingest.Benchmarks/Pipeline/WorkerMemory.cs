using System.Globalization;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>How much memory a worker of its own takes that polls a great many feeds, their articles included.</summary>
internal static class WorkerMemory
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Returns the peak of the resident memory in bytes, after every feed has been polled.</summary>
    public static async Task<long> PeakAsync(string database, NewsroomProcess newsroom, int feeds, CancellationToken stop)
    {
        await using var worker = WorkerOfItsOwn.Start(database, [("Fetching:AllowedAddresses:0", newsroom.BaseUri.Authority), ("Schedule:Tick", "00:00:00.5")]);
        // Its own start makes the tables.
        await worker.UntilAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'feeds'", 1, Patience, stop);
        await BenchServer.ExecuteAsync(database, Subscribe(newsroom, feeds), stop);
        await worker.UntilAsync("SELECT count(*) FROM feeds WHERE last_polled_at IS NOT NULL", feeds, Patience, stop);
        return PeakOf(worker.Id);
    }

    // The newsroom's feeds over and over, each under an address of its own.
    private static string Subscribe(NewsroomProcess newsroom, int feeds)
    {
        var addresses = string.Join(", ", newsroom.World.Feeds.Select(feed => $"'{new Uri(newsroom.BaseUri, feed.Path)}'"));
        return $"""
            INSERT INTO feeds (url, created_at, next_due_at, in_hand, deaths)
            SELECT (ARRAY[{addresses}])[1 + n % {newsroom.World.Feeds.Count}] || '#' || n, now(), now(), false, 0 FROM generate_series(1, {feeds}) AS n
            """;
    }

    private static long PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
