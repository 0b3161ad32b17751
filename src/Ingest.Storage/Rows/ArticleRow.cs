namespace Ingest.Storage.Rows;

internal sealed class ArticleRow
{
    public Guid Id { get; set; }
    public long FeedId { get; set; }

    /// <summary>What makes it the same article over all feeds; unique.</summary>
    public required string Identity { get; set; }
    public string? Url { get; set; }
    public ArticleState State { get; set; }

    /// <summary>What the feed said, as JSON; null once the article is ingested.</summary>
    public string? Entry { get; set; }
    public DateTimeOffset FirstSeenAt { get; set; }

    /// <summary>When it is tried next, or until when it is leased; null when nothing happens by itself.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
    public string? LeaseOwner { get; set; }
    public bool InHand { get; set; }
    public int Deaths { get; set; }

    public string? Title { get; set; }
    public string? Language { get; set; }
    public int WordCount { get; set; }
    public int RemovedCount { get; set; }
    public string? ContentHash { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public DateTimeOffset? IngestedAt { get; set; }

    /// <summary>The message's data object, JSON; null until ingested.</summary>
    public string? Data { get; set; }
}

internal enum ArticleState
{
    /// <summary>Not tried yet.</summary>
    Pending,

    /// <summary>Tried, and in the failure list.</summary>
    Failed,
    Ingested,

    /// <summary>Given up, by hand or by retention: never tried again by itself.</summary>
    Discarded,
}
