using Ingest.Torture.Receivers;

namespace Ingest.Torture.Faults;

/// <inheritdoc cref="FaultKind.ConsumerKill"/>
internal sealed class ConsumerKill(QueueConsumers consumers) : Fault(FaultKind.ConsumerKill)
{
    /// <summary>It has recovered when its place has another consumer.</summary>
    public override async Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop)
    {
        var started = consumers.Started;
        consumers.Kill(planned.Roll);
        await Task.CompletedTask;
        return _ => Task.FromResult(consumers.Started > started);
    }
}
