namespace Ingest.Pipeline.Ports;

/// <summary>A message on its way out.</summary>
/// <param name="Sequence">Position in the outbox, which it orders; 0 before it is stored.</param>
/// <param name="MessageId">The idempotency key: the same article and revision always have the same.</param>
/// <param name="Type">The CloudEvents type, such as <c>ingest.article.created</c>.</param>
/// <param name="CreatedAt">When it was put into the outbox.</param>
/// <param name="Labels">What filters and routes look at.</param>
/// <param name="Payload">The whole CloudEvent as one line of UTF-8 JSON.</param>
public sealed record OutboxMessage(long Sequence, string MessageId, string Type, DateTimeOffset CreatedAt, MessageLabels Labels, ReadOnlyMemory<byte> Payload)
{
    /// <summary>
    /// Asked for again by hand. A sink that recognises repeats takes a message of this kind all the same; any other that it has already came a second
    /// time because of a crash, and may be skipped.
    /// </summary>
    public bool IsReplay { get; init; }
}

/// <summary>What a message is about.</summary>
/// <param name="FeedId">The feed that brought the article.</param>
/// <param name="FeedUrl">Its address.</param>
/// <param name="Language">A BCP 47 tag; null when unknown.</param>
public sealed record MessageLabels(long FeedId, Uri FeedUrl, string? Language, IReadOnlyList<string> Tags);

/// <summary>The outbox and each sink's place in it, as the relays use them.</summary>
public interface IOutboxStore
{
    /// <summary>Gives a sink that is not known yet its place; one that is known keeps its own.</summary>
    /// <param name="from">Messages since this instant are delivered; null: only those that come from now on.</param>
    Task RegisterAsync(string sink, DateTimeOffset? from, DateTimeOffset now, CancellationToken stop);

    /// <summary>Takes or prolongs the relay's lease on a sink and tells its place; null while another worker holds it, it backs off, or it is paused.</summary>
    Task<SinkPosition?> LeaseAsync(string sink, Lease lease, CancellationToken stop);

    /// <summary>The next messages after a position, in order. None that is committed later ever appears before one that was returned.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop);

    /// <summary>The sink's dead letters that are to be sent again, in order.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadReplaysAsync(string sink, int most, CancellationToken stop);

    /// <summary>
    /// Notes what became of messages, and that the sink is well: the cursor goes to <see cref="Settlement.Cursor"/>, dead letters that were taken
    /// now are removed, the refused ones added. False when the lease was lost meanwhile: then nothing is noted.
    /// </summary>
    Task<bool> SettleAsync(string sink, string owner, Settlement settlement, CancellationToken stop);

    /// <summary>Notes a failed attempt: nothing is sent before <paramref name="nextAttemptAt"/>, or, when that is null, before a person says so.</summary>
    Task BackOffAsync(string sink, string owner, string error, DateTimeOffset? nextAttemptAt, CancellationToken stop);

    /// <summary>Gives the lease up, so that another worker need not wait for its end.</summary>
    Task ReleaseAsync(string sink, string owner, CancellationToken stop);
}

/// <summary>A sink's place in the outbox.</summary>
/// <param name="Cursor">The last message that is settled.</param>
/// <param name="Frontier">The furthest the cursor has ever been: messages up to here come by replay.</param>
/// <param name="Attempts">Failed attempts since the last success.</param>
/// <param name="Newest">The newest message in the outbox.</param>
public sealed record SinkPosition(long Cursor, long Frontier, int Attempts, long Newest);

/// <summary>What became of messages.</summary>
/// <param name="Cursor">Everything up to here is settled.</param>
/// <param name="Delivered">Those that the sink has, by sequence.</param>
/// <param name="Refused">Those that it refuses for good.</param>
public sealed record Settlement(long Cursor, IReadOnlyCollection<long> Delivered, IReadOnlyList<Refusal> Refused, DateTimeOffset At);

/// <summary>The outbox as a person sees and changes it.</summary>
public interface IDeliveryDesk
{
    Task<IReadOnlyList<DeliverySummary>> ListAsync(CancellationToken stop);

    /// <summary>The consumer groups of all queues; none where the database has no queue.</summary>
    Task<IReadOnlyList<ConsumerGroup>> ListConsumersAsync(CancellationToken stop);

    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListDeadAsync(string? sink, int most, CancellationToken stop);

    /// <summary>Ends back-off and pause, so that what waits is tried at once. False when there is no such sink.</summary>
    Task<bool> ResumeAsync(string sink, CancellationToken stop);

    /// <summary>Sends dead letters again: the given ones, or all. Returns how many.</summary>
    Task<int> ReplayDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop);

    /// <summary>Puts the cursor back, so that everything since an instant is sent again as far as it is still kept. Returns how many messages.</summary>
    Task<long> ReplaySinceAsync(string sink, DateTimeOffset since, bool dryRun, CancellationToken stop);

    /// <summary>Gives up dead letters: the given one, or all. Returns how many.</summary>
    Task<int> DropDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop);

    /// <summary>Puts the cursor forward: what waits for the sink and is older than an instant is never sent. Returns how many messages.</summary>
    Task<long> DropWaitingAsync(string sink, DateTimeOffset before, bool dryRun, CancellationToken stop);

    /// <summary>Forgets a sink that is no longer configured, with its dead letters. False when there is no such sink.</summary>
    Task<bool> ForgetAsync(string sink, CancellationToken stop);
}

/// <summary>A sink's place in the outbox, as it is listed.</summary>
/// <param name="Waiting">Messages after the cursor, before any filter.</param>
/// <param name="OldestWaitingAt">When the oldest of them was put into the outbox.</param>
public sealed record DeliverySummary(
    string Sink, bool Paused, long Cursor, long Delivered, long Waiting, DateTimeOffset? OldestWaitingAt, int Dead, DateTimeOffset? LastDeliveredAt, int Attempts,
    string? LastError, DateTimeOffset? NextAttemptAt)
{
    public SinkState State => Paused ? SinkState.Paused : LastError is null ? SinkState.Well : SinkState.Refusing;
}

public enum SinkState
{
    Well,

    /// <summary>The last attempt failed; it is tried again with back-off.</summary>
    Refusing,

    /// <summary>It asked never to be called again; a person has to resume it.</summary>
    Paused,
}

/// <summary>A consumer group of a queue.</summary>
/// <param name="Queue">The sink that fills it.</param>
/// <param name="Waiting">Messages that are to be claimed, now or for a later attempt.</param>
/// <param name="InFlight">Those that a consumer has in hand.</param>
/// <param name="Dead">Those that have failed too often.</param>
/// <param name="OldestAt">When the oldest that is not done was put into the outbox.</param>
public sealed record ConsumerGroup(string Queue, string Consumer, long Waiting, long InFlight, long Dead, DateTimeOffset? OldestAt);

/// <summary>A message that a sink refused for good. <paramref name="Replaying"/>: it is to be sent again.</summary>
public sealed record DeadLetter(string Sink, long Sequence, string MessageId, string Error, DateTimeOffset At, bool Replaying);
