namespace Ingest.Torture.Workers;

/// <summary>All workers of a run.</summary>
internal sealed class WorkerFleet(int count, string folder, IReadOnlyDictionary<string, string> settings)
{
    private static readonly TimeSpan Ripe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock = TimeProvider.System;

    public IReadOnlyList<WorkerSlot> Slots { get; } = [.. Enumerable.Range(1, count).Select(number => new WorkerSlot(number, folder, settings))];

    /// <summary>Runs them until the token, and waits for their ends.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Slots.Select(slot => slot.RunAsync(stop)));

    public async Task AllUpAsync(CancellationToken stop)
    {
        while (!Slots.All(slot => slot.UpFor is not null)) await Task.Delay(Look, _clock, stop);
    }

    /// <summary>
    /// One that has run for a while, by chance; waits for one when none has. Now and then one that has only just begun. Nobody gets anywhere when each is struck
    /// as soon as it is up, and on a busy machine, where starts take long, it would be.
    /// </summary>
    public async Task<WorkerSlot> PickAsync(int roll, CancellationToken stop)
    {
        var ripe = roll % 5 == 0 ? TimeSpan.Zero : Ripe;
        while (true)
        {
            var running = Slots.Where(slot => slot.UpFor >= ripe).ToList();
            if (running.Count > 0) return running[roll % running.Count];
            await Task.Delay(Look, _clock, stop);
        }
    }
}
