using System.Text.Json;
using Ingest.Core.Web;
using Ingest.Pipeline.Ports;
using RabbitMQ.Client;

namespace Ingest.Delivery.RabbitMq;

/// <summary>A message as it goes over AMQP: the CloudEvent in structured mode, its attributes beside it as headers (CloudEvents AMQP binding, 3.2 and 3.1.3).</summary>
internal static class RabbitMqMessage
{
    public const string UnknownLanguage = "und";

    /// <summary>The binding's own prefix with the separator that it prefers.</summary>
    private const string HeaderPrefix = "cloudEvents_";

    private const int MaxLanguageLength = 35;

    /// <summary><c>language.feed.type</c>, such as <c>pt-br.example-org-feed.created</c>.</summary>
    public static string RoutingKeyOf(OutboxMessage message) =>
        $"{LanguageOf(message.Labels.Language)}.{FeedSlug.Of(message.Labels.FeedUrl)}.{message.Type[(message.Type.LastIndexOf('.') + 1)..]}";

    public static BasicProperties PropertiesOf(OutboxMessage message) => new()
    {
        Persistent = true,
        ContentType = "application/cloudevents+json",
        MessageId = message.MessageId,
        Type = message.Type,
        Timestamp = new AmqpTimestamp(message.CreatedAt.ToUnixTimeSeconds()),
        Headers = HeadersOf(message.Payload.Span),
    };

    // A page may call anything its language: only what a tag can consist of gets into the key.
    private static string LanguageOf(string? tag)
    {
        var language = new string([.. (tag ?? "").ToLowerInvariant().Where(character => char.IsAsciiLetterOrDigit(character) || character == '-').Take(MaxLanguageLength)]);
        return language.Length == 0 ? UnknownLanguage : language;
    }

    /// <summary>The attributes of the event but for its data and what describes that alone.</summary>
    private static Dictionary<string, object?> HeadersOf(ReadOnlySpan<byte> cloudEvent)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(cloudEvent);
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType is JsonTokenType.String && name is not ("data" or "datacontenttype")) headers[HeaderPrefix + name] = json.GetString();
            json.Skip();
        }
        return headers;
    }
}
