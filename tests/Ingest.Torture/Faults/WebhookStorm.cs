using Ingest.Torture.Receivers;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.WebhookStorm"/>
internal sealed class WebhookStorm(WebhookReceiver receiver) : Fault(FaultKind.WebhookStorm)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>It has recovered when another message has come.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        receiver.Storm = true;
        await Task.Delay(planned.Lasts, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        receiver.Storm = false;
        var before = receiver.Ledger.Total;
        return _ => Task.FromResult(receiver.Ledger.Total > before);
    }
}
