namespace Ingest.Pipeline.Ports;

/// <summary>What kind of failure: decides whether time alone may heal it.</summary>
public enum FailureKind
{
    /// <summary>Time-outs, 5xx, 429, connections: tried again with back-off until the attempts are used up.</summary>
    Transient,

    /// <summary>404, 410, not HTML, refused address, too large: only a person's re-run tries again.</summary>
    Permanent,

    /// <summary>The process died while parsing it, more than once: quarantined until a person's re-run.</summary>
    Poison,
}

/// <summary>The list of what failed, the same whichever job engine runs.</summary>
public interface IFailureStore
{
    /// <summary>Adds or updates the job's failure, sets its target's next attempt and gives up its lease, in one transaction; nothing when the lease was lost meanwhile.</summary>
    Task RecordAsync(FailureReport report, CancellationToken stop);

    /// <summary>Makes the chosen failures due now, with their attempts counted afresh. Returns what was chosen.</summary>
    Task<IReadOnlyList<FailureItem>> RerunAsync(FailureFilter filter, bool dryRun, DateTimeOffset now, CancellationToken stop);

    Task<IReadOnlyList<FailureItem>> ListAsync(FailureFilter filter, CancellationToken stop);
}

/// <summary>One failed attempt. <paramref name="NextRetryAt"/> is null when nothing more happens by itself.</summary>
public sealed record FailureReport(Job Job, FailureKind Kind, string? Host, string Error, DateTimeOffset At, DateTimeOffset? NextRetryAt)
{
    /// <summary>Whose lease the attempt was made under; null when nobody held the target.</summary>
    public string? LeaseOwner { get; init; }
}

/// <summary>A row of the failure list.</summary>
public sealed record FailureItem(
    long Id, Job Job, long FeedId, string? FeedTitle, string? Url, string? Host, FailureKind Kind, string Error, int Attempts,
    DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? NextRetryAt);

/// <summary>Which failures are meant; a null field does not narrow the choice.</summary>
public sealed record FailureFilter
{
    public long? Id { get; init; }
    public string? Host { get; init; }
    public FailureKind? Kind { get; init; }

    /// <summary>Last failed at or after this instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>At most this many, the latest first.</summary>
    public int Most { get; init; } = int.MaxValue;
}
