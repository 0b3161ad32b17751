using System.Diagnostics;

namespace Ingest.Torture.Receivers;

/// <summary>The other end of the PostgreSQL queue: consumers in processes of their own, started again whenever they end.</summary>
internal sealed class QueueConsumers(int count, string connectionString)
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(0.3);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Process?[] _processes = new Process?[count];
    private int _started;

    /// <summary>How many have been started so far.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Keeps them running until the token.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, count).Select(place => RunAsync(place, stop)));

    /// <summary>kill -9 of one of them, by chance.</summary>
    public void Kill(int roll) => _processes[roll % count]?.Kill();

    private async Task RunAsync(int place, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var process = Start();
            _processes[place] = process;
            Interlocked.Increment(ref _started);
            await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _processes[place] = null;
            // It ends when its standard input does.
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            await Task.Delay(RestartDelay, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true };
        start.ArgumentList.Add(typeof(QueueConsumers).Assembly.Location);
        start.ArgumentList.Add(QueueConsumer.Verb);
        start.Environment[QueueConsumer.ConnectionVariable] = connectionString;
        return Process.Start(start)!;
    }
}
