namespace Ingest.Torture.Faults;

/// <summary>Whether what a fault had hit works again.</summary>
internal delegate Task<bool> Recovered(CancellationToken stop);

/// <summary>One kind of fault, carried out.</summary>
internal abstract class Fault(FaultKind kind)
{
    public FaultKind Kind => kind;

    /// <summary>Breaks something, leaves it broken for a while, and takes the cause away. Null where this machine does not allow it.</summary>
    public abstract Task<Recovered?> StrikeAsync(PlannedFault planned, CancellationToken stop);
}
