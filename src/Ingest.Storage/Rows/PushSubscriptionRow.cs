using Ingest.Pipeline.Ports;

namespace Ingest.Storage.Rows;

/// <summary>What was agreed with a feed's hub (WebSub). It outlives its feed until the hub has been told.</summary>
internal sealed class PushSubscriptionRow
{
    public long FeedId { get; set; }

    /// <summary>The part of the callback's address that nobody can guess.</summary>
    public required string Token { get; set; }
    public required string Hub { get; set; }
    public required string Topic { get; set; }
    public required string Secret { get; set; }
    public PushState State { get; set; }

    /// <summary>When the hub will forget us; null as long as it has not confirmed anything.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When the hub is asked next.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Requests since the hub last confirmed something.</summary>
    public int Attempts { get; set; }

    /// <summary>What went wrong last; null when nothing did since the hub confirmed.</summary>
    public string? Error { get; set; }
    public DateTimeOffset? PushedAt { get; set; }

    /// <summary>Nothing new has been found by a poll since the hub last brought something.</summary>
    public bool Delivers { get; set; }
}
