using System.Diagnostics;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>The program as a process of its own on PostgreSQL, killed in the end.</summary>
internal sealed class WorkerOfItsOwn : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly string _database;

    private WorkerOfItsOwn(Process process, DirectoryInfo folder, string database) => (_process, _folder, _database) = (process, folder, database);

    public int Id => _process.Id;

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Without the politeness that strangers' servers are owed, unless <paramref name="settings"/> say otherwise.</summary>
    public static WorkerOfItsOwn Start(string database, IEnumerable<(string Key, string Value)> settings)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "ingest.dll"), "run", "--storage", "postgres", "--data", folder.FullName, "--url", "http://127.0.0.1:0"]) start.ArgumentList.Add(argument);
        foreach (var (key, value) in (IEnumerable<(string, string)>)[("Storage:ConnectionString", database), ("Fetching:HostDelay", "00:00:00"), ("Fetching:HostConcurrency", "64"), .. settings])
            start.Environment[$"INGEST_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("the worker did not start");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerOfItsOwn(process, folder, database);
    }

    /// <summary>Waits until a query counts as many as wanted.</summary>
    public async Task UntilAsync(string count, long wanted, TimeSpan patience, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        both.CancelAfter(patience);
        while (await BenchServer.CountAsync(_database, count, both.Token) < wanted)
        {
            if (_process.HasExited) throw new InvalidOperationException($"the worker ended by itself with {_process.ExitCode}");
            await Task.Delay(LookEvery, TimeProvider.System, both.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
