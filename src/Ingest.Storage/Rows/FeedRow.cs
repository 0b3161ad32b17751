namespace Ingest.Storage.Rows;

internal sealed class FeedRow
{
    public long Id { get; set; }
    public required string Url { get; set; }

    /// <summary>The authority of the address; null in rows of a version that did not note it.</summary>
    public string? Host { get; set; }
    public string? Title { get; set; }
    public string? SiteUrl { get; set; }
    public string? Language { get; set; }

    /// <summary>A JSON array; null for none.</summary>
    public string? Tags { get; set; }

    /// <summary>What a list of feeds said that nothing here reads, as a JSON object; null for none.</summary>
    public string? Attributes { get; set; }
    public string? ETag { get; set; }
    public string? LastModified { get; set; }
    public string? BodyHash { get; set; }
    public long? IntervalSeconds { get; set; }

    /// <summary>When it publishes, as it has been seen; null before the first look.</summary>
    public byte[]? Rhythm { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastPolledAt { get; set; }
    public DateTimeOffset? LastFullFetchAt { get; set; }

    /// <summary>When it is polled next, or until when it is leased; null when nothing happens by itself.</summary>
    public DateTimeOffset? NextDueAt { get; set; }
    public string? LeaseOwner { get; set; }
    public bool InHand { get; set; }
    public int Deaths { get; set; }

    /// <summary>How it wants to be asked, as JSON; null as all others.</summary>
    public string? FetchSettings { get; set; }

    /// <summary>The requests of the latest poll that was answered, as JSON.</summary>
    public string? LastFetch { get; set; }

    /// <summary>Where permanent redirects led at the latest poll, and at how many polls in succession.</summary>
    public string? MovedTo { get; set; }
    public int MovedSeen { get; set; }
}
