using System.ComponentModel.DataAnnotations;
using Ingest.Pipeline.Options;

namespace Ingest.Delivery.RabbitMq;

/// <summary>An exchange of a RabbitMQ broker (section <c>Sinks:RabbitMq:NAME</c>).</summary>
public sealed class RabbitMqOptions : SinkOptions
{
    /// <summary>The broker: <c>amqps://user:password@host/vhost</c>, or <c>amqp</c> without TLS. No default. It is a secret, and never shown.</summary>
    [Required]
    public string? Uri { get; set; }

    /// <summary>The durable topic exchange that messages go to; made when it is missing. Default <c>ingest.articles</c>.</summary>
    [Required, StringLength(127)]
    public string Exchange { get; set; } = "ingest.articles";

    /// <summary>
    /// A durable quorum queue that is made and bound, so that nothing is lost before the first consumer comes. Default none: consumers bring queues of their
    /// own.
    /// </summary>
    [StringLength(255)]
    public string? Queue { get; set; }

    /// <summary>What the queue is bound with: patterns over <c>language.feed.type</c>. Default <c>#</c>, everything. Bindings made earlier stay.</summary>
    public IList<string> BindingKeys { get; } = [];

    /// <summary>What becomes of a message that no queue is bound for. Default <c>Refuse</c>.</summary>
    public UnroutablePolicy Unroutable { get; set; } = UnroutablePolicy.Refuse;

    public override IEnumerable<string> Errors()
    {
        foreach (var error in base.Errors()) yield return error;
        // Without the value: it holds a password.
        if (Uri is not null && RabbitMqAddress.TryRead(Uri) is null) yield return "Uri: not an address like amqps://user:password@host/vhost";
        if (Queue is null && BindingKeys.Count > 0) yield return "BindingKeys: there is no Queue to bind";
    }
}

public enum UnroutablePolicy
{
    /// <summary>It goes to the sink's dead letters, from where it can be sent again.</summary>
    Refuse,

    /// <summary>The broker drops it: whoever wants messages has a queue bound.</summary>
    Drop,
}
