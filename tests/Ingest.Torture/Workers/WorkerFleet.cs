namespace Ingest.Torture.Workers;

/// <summary>All workers of a run.</summary>
internal sealed class WorkerFleet(int count, string folder, IReadOnlyDictionary<string, string> settings)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock = TimeProvider.System;

    public IReadOnlyList<WorkerSlot> Slots { get; } = [.. Enumerable.Range(1, count).Select(number => new WorkerSlot(number, folder, settings))];

    /// <summary>Runs them until the token, and waits for their ends.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Slots.Select(slot => slot.RunAsync(stop)));

    public async Task AllUpAsync(CancellationToken stop)
    {
        while (!Slots.All(slot => slot.IsUp)) await Task.Delay(Look, _clock, stop);
    }

    /// <summary>One that runs, by chance; waits for one when none does.</summary>
    public async Task<WorkerSlot> PickAsync(int roll, CancellationToken stop)
    {
        while (true)
        {
            var running = Slots.Where(slot => slot.IsUp).ToList();
            if (running.Count > 0) return running[roll % running.Count];
            await Task.Delay(Look, _clock, stop);
        }
    }
}
