using Ingest.Torture.Servers;
using Ingest.Torture.World;
using Npgsql;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.DatabaseStop"/>
internal sealed class DatabaseStop(ServerProcess postgres, Store store) : Fault(FaultKind.DatabaseStop)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>It has recovered when another article is stored.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        await postgres.StopAsync("QUIT");
        await Task.Delay(planned.Lasts, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await postgres.StartAsync(CancellationToken.None);
        long? before = null;
        return async settled =>
        {
            try
            {
                var now = (await store.ProgressAsync(settled)).Ingested;
                before ??= now;
                return now > before;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        };
    }
}
