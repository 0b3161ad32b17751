using System.Diagnostics;
using System.Globalization;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>How much memory a worker of its own takes that polls a great many feeds, their articles included.</summary>
internal static class WorkerMemory
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Returns the peak of the resident memory in bytes, after every feed has been polled.</summary>
    public static async Task<long> PeakAsync(string database, NewsroomProcess newsroom, int feeds, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-");
        using var worker = Start(database, newsroom.BaseUri, folder.FullName);
        try
        {
            // Its own start makes the tables.
            await UntilAsync(database, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'feeds'", 1, worker, stop);
            await BenchServer.ExecuteAsync(database, Subscribe(newsroom, feeds), stop);
            await UntilAsync(database, "SELECT count(*) FROM feeds WHERE last_polled_at IS NOT NULL", feeds, worker, stop);
            return PeakOf(worker.Id);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    // The newsroom's feeds over and over, each under an address of its own.
    private static string Subscribe(NewsroomProcess newsroom, int feeds)
    {
        var addresses = string.Join(", ", newsroom.World.Feeds.Select(feed => $"'{new Uri(newsroom.BaseUri, feed.Path)}'"));
        return $"""
            INSERT INTO feeds (url, created_at, next_due_at, in_hand, deaths)
            SELECT (ARRAY[{addresses}])[1 + n % {newsroom.World.Feeds.Count}] || '?n=' || n, now(), now(), false, 0 FROM generate_series(1, {feeds}) AS n
            """;
    }

    private static Process Start(string database, Uri newsroom, string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "ingest.dll"), "run", "--storage", "postgres", "--data", folder, "--url", "http://127.0.0.1:0"]) start.ArgumentList.Add(argument);
        start.Environment["INGEST_Storage__ConnectionString"] = database;
        start.Environment["INGEST_Fetching__AllowedAddresses__0"] = newsroom.Authority;
        start.Environment["INGEST_Fetching__HostDelay"] = "00:00:00";
        start.Environment["INGEST_Fetching__HostConcurrency"] = "64";
        start.Environment["INGEST_Schedule__Tick"] = "00:00:00.5";
        var worker = Process.Start(start) ?? throw new InvalidOperationException("the worker did not start");
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    private static async Task UntilAsync(string database, string count, long wanted, Process worker, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (await BenchServer.CountAsync(database, count, patience.Token) < wanted)
        {
            if (worker.HasExited) throw new InvalidOperationException($"the worker ended by itself with {worker.ExitCode}");
            await Task.Delay(LookEvery, TimeProvider.System, patience.Token);
        }
    }

    private static long PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
