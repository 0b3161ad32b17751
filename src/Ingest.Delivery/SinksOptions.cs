using Ingest.Delivery.JsonLines;
using Ingest.Delivery.PostgresQueue;
using Ingest.Pipeline.Options;

namespace Ingest.Delivery;

/// <summary>
/// The sinks, by kind and name (section <c>Sinks</c>): <c>Sinks:JsonLines:archive:Path</c>. A name stands for one sink over all kinds. Without any, articles
/// go to the PostgreSQL queue where PostgreSQL is the storage, and otherwise to a JSON Lines file.
/// </summary>
public sealed class SinksOptions
{
    public const string Section = "Sinks";

    /// <summary>Files of one message a line.</summary>
    public IDictionary<string, JsonLinesOptions> JsonLines { get; } = new Dictionary<string, JsonLinesOptions>(StringComparer.Ordinal);

    /// <summary>Queues in the database, where PostgreSQL is the storage.</summary>
    public IDictionary<string, PostgresQueueOptions> PostgresQueue { get; } = new Dictionary<string, PostgresQueueOptions>(StringComparer.Ordinal);

    /// <summary>Every sink with its name and kind.</summary>
    public IEnumerable<(string Kind, string Name, SinkOptions Options)> All() =>
        JsonLines.Select(pair => (nameof(JsonLines), pair.Key, (SinkOptions)pair.Value))
            .Concat(PostgresQueue.Select(pair => (nameof(PostgresQueue), pair.Key, (SinkOptions)pair.Value)));
}
