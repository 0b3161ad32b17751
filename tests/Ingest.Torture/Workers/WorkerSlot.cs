using System.Diagnostics;
using System.Globalization;

namespace Ingest.Torture.Workers;

/// <summary>The place of one worker: the real program, started again whenever it ends, however it ends.</summary>
internal sealed class WorkerSlot(int number, string folder, IReadOnlyDictionary<string, string> settings)
{
    /// <summary>As a supervisor would wait.</summary>
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly string _log = Path.Combine(folder, $"worker-{number}.log");
    private readonly List<int> _ownExits = [];
    private TimeSpan? _killedFor;
    private long _startedAt;
    private long _upAt;

    /// <summary>Since it said where its pages are, and so everything of its own runs; null before.</summary>
    public TimeSpan? UpFor => Volatile.Read(ref _upAt) is not 0 and var at ? Stopwatch.GetElapsedTime(at) : null;

    /// <summary>The longest time from a start until it was up.</summary>
    public TimeSpan SlowestStart { get; private set; }

    public int Number => number;
    public int Pid { get; private set; }

    /// <summary>The exit codes of those that nobody had killed.</summary>
    public IReadOnlyList<int> OwnExits => _ownExits;

    /// <summary>How many seconds the last took to end when it was asked to; null when it had to be killed.</summary>
    public TimeSpan? ShutdownTook { get; private set; }

    /// <summary>Keeps a worker running until the token, then asks it to end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var process = Start();
            await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) await EndAsync(process);
            Volatile.Write(ref _upAt, 0);
            if (stop.IsCancellationRequested) return;
            if (_killedFor is null) _ownExits.Add(process.ExitCode);
            await Task.Delay(_killedFor ?? RestartDelay, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>kill -9, and another one after a while.</summary>
    public void Kill(TimeSpan another)
    {
        _killedFor = another;
        Volatile.Write(ref _upAt, 0);
        Signal(Pid, "KILL");
    }

    /// <summary>The process stands still.</summary>
    public void Freeze() => Signal(Pid, "STOP");

    /// <summary>It goes on, unless it was killed meanwhile and its place has another.</summary>
    public void Thaw(int pid)
    {
        if (pid == Pid) Signal(pid, "CONT");
    }

    private Process Start()
    {
        var start = IngestCommand.Start(["run", "--url", "http://127.0.0.1:0"], Path.Combine(folder, $"worker-{number}"), settings);
        _killedFor = null;
        _startedAt = Stopwatch.GetTimestamp();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        Pid = process.Id;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task EndAsync(Process process)
    {
        var begun = Stopwatch.GetTimestamp();
        Signal(process.Id, "TERM");
        using var patience = new CancellationTokenSource(ShutdownTime, _clock);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.HasExited) ShutdownTook = Stopwatch.GetElapsedTime(begun);
        else process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_log) File.AppendAllLines(_log, [line]);
        if (!line.StartsWith("pages:", StringComparison.Ordinal)) return;
        Volatile.Write(ref _upAt, Stopwatch.GetTimestamp());
        if (Stopwatch.GetElapsedTime(_startedAt) is var took && took > SlowestStart) SlowestStart = took;
    }
}
