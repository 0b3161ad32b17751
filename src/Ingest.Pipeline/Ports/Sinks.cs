namespace Ingest.Pipeline.Ports;

/// <summary>A place that cleaned articles are delivered to.</summary>
public interface ISink
{
    /// <summary>The name of its cursor; a sink that is renamed starts anew.</summary>
    string Name { get; }

    /// <summary>
    /// Delivers a batch in order. May be called again with the same messages after a crash: a sink that can recognise a repeated
    /// <see cref="OutboxMessage.MessageId"/> does. Faults of the other side are values.
    /// </summary>
    /// <param name="stop">Shutdown, or the end of the time for this call: returns what is settled by then, or throws where that is nothing.</param>
    Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop);
}

/// <summary>What a sink made of a batch: how many messages from its start are settled, and why the rest is not.</summary>
/// <param name="Settled">The first so many are durably with the sink, but for those in <paramref name="Refused"/>; they do not come again.</param>
/// <param name="Refused">Those among them that the sink will never take.</param>
/// <param name="Fault">Why the others were not taken; null when all are settled, or when only the time was too short for all.</param>
public sealed record DeliveryOutcome(int Settled, IReadOnlyList<Refusal> Refused, SinkFault? Fault)
{
    /// <summary>The whole batch is with the sink.</summary>
    public static DeliveryOutcome Accepted(IReadOnlyList<OutboxMessage> batch) => new(batch.Count, [], null);

    /// <summary>Nothing was taken; try again later.</summary>
    public static DeliveryOutcome Unavailable(string why, TimeSpan? retryAfter = null) => new(0, [], new SinkFault(why, retryAfter));
}

/// <summary>A message that a sink will never take, and why, in one line for a person.</summary>
public sealed record Refusal(OutboxMessage Message, string Why);

/// <summary>Why a sink takes nothing at present, in one line for a person.</summary>
/// <param name="RetryAfter">The least time to leave it alone, where it said so.</param>
/// <param name="Pause">It asks never to be called again: a person has to resume it.</param>
public sealed record SinkFault(string Why, TimeSpan? RetryAfter = null, bool Pause = false);

/// <summary>A sink with what is delivered to it.</summary>
/// <param name="Target">Where it delivers to, for a person; without secrets.</param>
/// <param name="StartFrom">Where a sink that is new begins: messages since this instant; null: those that come from now on.</param>
public sealed record ConfiguredSink(ISink Sink, string Target, SinkFilter Filter, DateTimeOffset? StartFrom);
