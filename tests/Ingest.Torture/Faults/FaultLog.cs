namespace Ingest.Torture.Faults;

/// <summary>How often each fault struck, and the longest time until what it hit worked again.</summary>
internal sealed class FaultLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FaultKind, FaultCount> _counts = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => new FaultCount());

    public IReadOnlyDictionary<FaultKind, FaultCount> Counts
    {
        get
        {
            lock (_gate) return new Dictionary<FaultKind, FaultCount>(_counts);
        }
    }

    public void Struck(FaultKind kind) => Change(kind, count => count with { Struck = count.Struck + 1 });

    public void Refused(FaultKind kind) => Change(kind, count => count with { Refused = true });

    public void Recovered(FaultKind kind, TimeSpan after) =>
        Change(kind, count => count with { Recovered = count.Recovered + 1, Longest = after > count.Longest ? after : count.Longest });

    private void Change(FaultKind kind, Func<FaultCount, FaultCount> change)
    {
        lock (_gate) _counts[kind] = change(_counts[kind]);
    }
}

/// <summary>One kind's.</summary>
/// <param name="Recovered">How often the recovery was seen; at the end of a run there may be nothing left to see it by.</param>
/// <param name="Longest">The longest of these recoveries.</param>
/// <param name="Refused">This machine does not allow the fault.</param>
internal sealed record FaultCount(int Struck = 0, int Recovered = 0, TimeSpan Longest = default, bool Refused = false);
