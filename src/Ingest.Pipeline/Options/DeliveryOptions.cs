using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>How the outbox is relayed to the sinks (section <c>Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Messages handed to a sink at once. Default 100.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How often the outbox is looked at when nobody announces a message. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a relay holds its sink before another worker may take over. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The JSON Lines sink's file; null means <c>articles.jsonl</c> in the data folder.</summary>
    public string? JsonLinesPath { get; set; }
}
