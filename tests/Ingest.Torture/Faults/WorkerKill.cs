using Ingest.Torture.Workers;
using Ingest.Torture.World;
using Npgsql;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.WorkerKill"/>
internal sealed class WorkerKill(WorkerFleet fleet, Store store) : Fault(FaultKind.WorkerKill)
{
    /// <summary>It has recovered when nothing is leased to the dead any more.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        var slot = await fleet.PickAsync(planned.Roll, stop);
        var dead = slot.Pid;
        slot.Kill(planned.Lasts);
        return async settled =>
        {
            try
            {
                return !await store.IsLeasedToAsync(dead, settled);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        };
    }
}
