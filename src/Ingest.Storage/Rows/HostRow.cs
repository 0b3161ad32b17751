namespace Ingest.Storage.Rows;

/// <summary>What the workers tell each other about a host.</summary>
internal sealed class HostRow
{
    /// <summary>Name and port, as in an address.</summary>
    public required string Host { get; set; }

    /// <summary>The worker that asks it, or did last.</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When its holder may begin: the former holder's lease ended a pause before.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>It has asked to be left alone until then.</summary>
    public DateTimeOffset? QuietUntil { get; set; }

    /// <summary>The pause in milliseconds that its latest 429 led to; it wears off from then on.</summary>
    public long SlowedBy { get; set; }
    public DateTimeOffset? SlowedAt { get; set; }

    /// <summary>Its robots.txt, compressed with Brotli; null when it has none.</summary>
    public byte[]? Robots { get; set; }

    /// <summary>When robots.txt was last had, or found missing; null when it never was.</summary>
    public DateTimeOffset? RobotsAt { get; set; }
}
