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

    /// <summary>How long a sink may take over one batch: one that hangs must not outlast its lease, or another worker would deliver beside it.</summary>
    public TimeSpan CallTime() => Lease / 2;

    /// <summary>Wait after a sink's first failed attempt; each further one waits twice as long. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts. Default 1 min. A sink's own Retry-After may ask for more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed attempts in a row after which the circuit is open: a sink is then tried with one message at a time until it takes one. Default 3.</summary>
    [Range(1, 100)]
    public int BreakAfter { get; set; } = 3;

    /// <summary>
    /// Failed attempts on one message after which the next one is tried: when the sink takes that, the fault was the message's, which goes to the dead
    /// letters; otherwise it is the sink's, and everything waits. Default 10.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 10;
}
