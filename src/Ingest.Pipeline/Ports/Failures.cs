using Ingest.Pipeline.Fetching;

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

/// <summary>The list of what failed, the same whichever job engine runs. Page, API and command line all do what they do to it through this port.</summary>
public interface IFailureStore
{
    /// <summary>Adds or updates the job's failure, sets its target's next attempt and gives up its lease, in one transaction; nothing when the lease was lost meanwhile.</summary>
    Task RecordAsync(FailureReport report, CancellationToken stop);

    /// <summary>The latest first, as many as <see cref="FailureFilter.Most"/> says, from <see cref="FailureFilter.After"/> on.</summary>
    Task<IReadOnlyList<FailureItem>> ListAsync(FailureFilter filter, CancellationToken stop);

    /// <summary>How many there are; <see cref="FailureFilter.Most"/> and <see cref="FailureFilter.After"/> do not count.</summary>
    Task<int> CountAsync(FailureFilter filter, CancellationToken stop);

    /// <summary>What is wrong where, the most frequent first, over the latest ten thousand that match.</summary>
    Task<IReadOnlyList<FailureGroup>> GroupAsync(FailureFilter filter, int most, CancellationToken stop);

    /// <summary>Null when it is healed, or was discarded.</summary>
    Task<FailureDetail?> FindAsync(long id, CancellationToken stop);

    /// <summary>What the latest attempt that got an answer received; null when there is nothing.</summary>
    Task<ReceivedPage?> FindPageAsync(long id, CancellationToken stop);

    /// <summary>
    /// Makes what matches due, with its attempts counted afresh and a line in the audit, in short transactions. What fails after
    /// <paramref name="now"/> is not chosen.
    /// </summary>
    /// <param name="perSecond">How many become due a second; null for all at once.</param>
    Task<FailureAction> RerunAsync(FailureFilter filter, ByHand by, double? perSecond, DateTimeOffset now, CancellationToken stop);

    /// <summary>
    /// Gives up what matches: the failures leave the list, their articles are never tried again by themselves, their feeds keep their schedule.
    /// </summary>
    Task<FailureAction> DiscardAsync(FailureFilter filter, ByHand by, DateTimeOffset now, CancellationToken stop);

    /// <summary>How far a re-run has come; null when there was no such action, or it is forgotten.</summary>
    Task<FailureAction?> FindActionAsync(long id, CancellationToken stop);
}

/// <summary>One failed attempt. <paramref name="NextRetryAt"/> is null when nothing more happens by itself.</summary>
public sealed record FailureReport(Job Job, FailureKind Kind, string? Host, string Error, DateTimeOffset At, DateTimeOffset? NextRetryAt)
{
    /// <summary>Whose lease the attempt was made under; null when nobody held the target.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>The answer's HTTP status; null when there was none, or it was not what was wrong.</summary>
    public int? Status { get; init; }

    /// <summary>The worker that tried.</summary>
    public string? Worker { get; init; }

    /// <summary>Under which the worker's logs and traces know the attempt (W3C, 32 hexadecimal digits).</summary>
    public string? TraceId { get; init; }
    public IReadOnlyList<FetchVisit> Visits { get; init; } = [];
    public ReceivedPage? Page { get; init; }
}

/// <summary>A row of the failure list.</summary>
public sealed record FailureItem(
    long Id, Job Job, long FeedId, string? FeedTitle, string? Url, string? Host, FailureKind Kind, string Error, int Attempts,
    DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? NextRetryAt)
{
    public int? Status { get; init; }

    /// <summary>The article's title, as far as it is known.</summary>
    public string? Title { get; init; }

    /// <summary>Where the list goes on after this row.</summary>
    public FailurePlace Place => new(LastAt, Id);
}

/// <summary>The same error at one host, <paramref name="Count"/> times.</summary>
public sealed record FailureGroup(string? Host, int? Status, string Error, int Count);

/// <summary>A failure with its attempts, the latest first. Of many the first and the latest are kept.</summary>
public sealed record FailureDetail(FailureItem Item, IReadOnlyList<FailureAttempt> Attempts, ReceivedPage? Page);

/// <summary>One attempt as it is remembered. <paramref name="Number"/> counts from the first one on, across re-runs.</summary>
public sealed record FailureAttempt(
    int Number, DateTimeOffset At, FailureKind Kind, string Error, int? Status, string? Worker, string? TraceId, IReadOnlyList<FetchVisit> Visits);

/// <summary>
/// Something done to failures by hand. Of <paramref name="Count"/> chosen ones <paramref name="Waiting"/> have not been tried since,
/// <paramref name="FailedAgain"/> are in the list again, <paramref name="Overtaken"/> were re-run or discarded anew, and the others are healed.
/// </summary>
public sealed record FailureAction(long Id, DateTimeOffset At, string Who, string Action, string Choice, long Count, long Waiting, long FailedAgain, long Overtaken)
{
    public const string Rerun = "failures rerun";
    public const string Discard = "failures discard";

    public long Healed => Action == Rerun ? Math.Max(0, Count - Waiting - FailedAgain - Overtaken) : 0;

    public bool IsDone => Waiting == 0;
}
