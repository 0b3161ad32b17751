using Ingest.Torture.Workers;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.WorkerFreeze"/>
internal sealed class WorkerFreeze(WorkerFleet fleet) : Fault(FaultKind.WorkerFreeze)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        var slot = await fleet.PickAsync(planned.Roll, stop);
        var frozen = slot.Pid;
        slot.Freeze();
        await Task.Delay(planned.Lasts, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        slot.Thaw(frozen);
        return _ => Task.FromResult(slot.UpFor is not null);
    }
}
