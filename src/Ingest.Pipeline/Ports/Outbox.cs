namespace Ingest.Pipeline.Ports;

/// <summary>A message on its way out. <paramref name="Sequence"/> orders the outbox and is 0 before it is stored.</summary>
/// <param name="Sequence">Position in the outbox.</param>
/// <param name="MessageId">The idempotency key: the same article and revision always have the same.</param>
/// <param name="Type">The CloudEvents type, such as <c>ingest.article.created</c>.</param>
/// <param name="Payload">The whole CloudEvent as one line of UTF-8 JSON.</param>
public sealed record OutboxMessage(long Sequence, string MessageId, string Type, ReadOnlyMemory<byte> Payload);

/// <summary>The outbox and each sink's place in it.</summary>
public interface IOutboxStore
{
    /// <summary>Takes or prolongs the relay's lease on a sink and tells its cursor; null while another worker holds it or the sink backs off.</summary>
    Task<SinkCursor?> LeaseAsync(string sink, Lease lease, CancellationToken stop);

    /// <summary>The next messages after a position, in order.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop);

    /// <summary>Moves the cursor after the sink has accepted <paramref name="count"/> messages up to <paramref name="to"/>.</summary>
    Task AdvanceAsync(string sink, long to, int count, DateTimeOffset at, CancellationToken stop);

    /// <summary>Notes a refused batch: nothing is sent before <paramref name="nextAttemptAt"/>.</summary>
    Task BackOffAsync(string sink, string error, DateTimeOffset nextAttemptAt, CancellationToken stop);

    /// <summary>Gives the lease up, so that another worker need not wait for its end.</summary>
    Task ReleaseAsync(string sink, string owner, CancellationToken stop);
}

/// <summary>How far a sink has come, and how often the batch at its cursor has been refused.</summary>
public sealed record SinkCursor(long Position, int Attempts);

/// <summary>A place that cleaned articles are delivered to.</summary>
public interface ISink
{
    /// <summary>The name of its cursor; a sink that is renamed starts anew.</summary>
    string Name { get; }

    /// <summary>
    /// Delivers a batch in order, all or nothing as far as the sink can. May be called again with the same messages after a crash:
    /// a sink that can recognise a repeated <see cref="OutboxMessage.MessageId"/> does.
    /// </summary>
    Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop);
}

/// <summary>What a sink made of a batch.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome() { }

    /// <summary>Everything is durably with the sink.</summary>
    public sealed record Accepted : DeliveryOutcome;

    /// <summary>Nothing counts as delivered; try the batch again later.</summary>
    public sealed record Unavailable(string Why) : DeliveryOutcome;
}
