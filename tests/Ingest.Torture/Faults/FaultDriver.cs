using System.Diagnostics;
using System.Globalization;

namespace Ingest.Torture.Faults;

/// <summary>Carries out a plan. Faults of one kind come one after the other, those of different kinds at the same time.</summary>
internal sealed class FaultDriver(IReadOnlyList<Fault> faults, FaultLog log, Action<string> say)
{
    /// <summary>Between two faults of a kind at least, however late the first one was over.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>Ends when the last planned fault is over. <paramref name="settled"/> ends the wait for recoveries.</summary>
    public async Task RunAsync(IReadOnlyList<PlannedFault> plan, List<Task> recoveries, CancellationToken settled, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(faults.Select(fault => RunAsync(fault, plan.Where(planned => planned.Kind == fault.Kind), begun, recoveries, settled, stop)));
    }

    private async Task RunAsync(Fault fault, IEnumerable<PlannedFault> plan, long begun, List<Task> recoveries, CancellationToken settled, CancellationToken stop)
    {
        foreach (var planned in plan)
        {
            var wait = planned.At - Stopwatch.GetElapsedTime(begun);
            await Task.Delay(wait > Breath ? wait : Breath, _clock, stop);
            say(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(begun).TotalSeconds,6:0.0} s  {planned.Kind} for {planned.Lasts.TotalSeconds:0.0} s"));
            if (await fault.StrikeAsync(planned, stop) is not { } recovered)
            {
                log.Refused(fault.Kind);
                return;
            }
            log.Struck(fault.Kind);
            lock (recoveries) recoveries.Add(WatchAsync(planned, recovered, settled));
        }
    }

    private async Task WatchAsync(PlannedFault planned, Recovered recovered, CancellationToken settled)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            while (!await recovered(settled)) await Task.Delay(Look, _clock, settled);
            var after = Stopwatch.GetElapsedTime(since);
            log.Recovered(planned.Kind, after);
            if (after > WorthTelling) say(string.Create(CultureInfo.InvariantCulture, $"          {planned.Kind} of {planned.At.TotalSeconds:0.0} s was felt for {after.TotalSeconds:0.0} s"));
        }
        catch (OperationCanceledException)
        {
            // The run ended before there was anything that could have shown the recovery.
        }
    }
}
