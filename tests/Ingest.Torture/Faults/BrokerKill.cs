using Ingest.Torture.Receivers;
using Ingest.Torture.Servers;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.BrokerKill"/>
internal sealed class BrokerKill(ServerProcess rabbit, Ledger ledger) : Fault(FaultKind.BrokerKill)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>It has recovered when another message has come through.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        await rabbit.StopAsync("KILL");
        await Task.Delay(planned.Lasts, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await rabbit.StartAsync(CancellationToken.None);
        var before = ledger.Total;
        return _ => Task.FromResult(ledger.Total > before);
    }
}
