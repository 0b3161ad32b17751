using Ingest.Delivery.JsonLines;
using Ingest.Delivery.PostgresQueue;
using Ingest.Delivery.RabbitMq;
using Ingest.Delivery.Webhook;
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

    /// <summary>Exchanges of RabbitMQ brokers.</summary>
    public IDictionary<string, RabbitMqOptions> RabbitMq { get; } = new Dictionary<string, RabbitMqOptions>(StringComparer.Ordinal);

    /// <summary>Receivers of signed HTTP requests.</summary>
    public IDictionary<string, WebhookOptions> Webhook { get; } = new Dictionary<string, WebhookOptions>(StringComparer.Ordinal);

    /// <summary>Queues in the database, where PostgreSQL is the storage.</summary>
    public IDictionary<string, PostgresQueueOptions> PostgresQueue { get; } = new Dictionary<string, PostgresQueueOptions>(StringComparer.Ordinal);

    /// <summary>Every sink with its name and kind.</summary>
    public IEnumerable<(string Kind, string Name, SinkOptions Options)> All() =>
        [.. Of(nameof(JsonLines), JsonLines), .. Of(nameof(PostgresQueue), PostgresQueue), .. Of(nameof(RabbitMq), RabbitMq), .. Of(nameof(Webhook), Webhook)];

    private static IEnumerable<(string, string, SinkOptions)> Of<T>(string kind, IDictionary<string, T> sinks) where T : SinkOptions =>
        sinks.Select(pair => (kind, pair.Key, (SinkOptions)pair.Value));
}
