namespace Ingest.Pipeline.Ports;

/// <summary>Where a person acted.</summary>
public enum AuditSource
{
    Page,
    Api,
    Cli,
    Hangfire,
}

/// <summary>Who acts. <paramref name="Who"/> is the name of the sign-in, on the command line the system's user.</summary>
/// <param name="Address">The network address or the machine it came from; null when unknown.</param>
public sealed record ByHand(string Who, AuditSource From, string? Address);

/// <summary>What was done by hand, by whom and when. Nothing changes a line afterwards; only retention takes it away.</summary>
public interface IAuditTrail
{
    /// <param name="action">What was done, as the command line calls it: <c>feeds add</c>.</param>
    /// <param name="choice">To what.</param>
    /// <param name="count">How many things it changed.</param>
    /// <returns>The line's number.</returns>
    Task<long> RecordAsync(ByHand by, string action, string choice, long count, CancellationToken stop);

    /// <summary>The latest first; <paramref name="before"/> (a line's number) narrows the choice.</summary>
    Task<IReadOnlyList<AuditItem>> ListAsync(long? before, int most, CancellationToken stop);
}

/// <summary>A line of the audit.</summary>
public sealed record AuditItem(long Id, DateTimeOffset At, string Who, AuditSource From, string? Address, string Action, string Choice, long Count);
