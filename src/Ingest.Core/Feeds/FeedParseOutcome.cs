namespace Ingest.Core.Feeds;

/// <summary>What came of a document that should have been a feed.</summary>
public abstract record FeedParseOutcome
{
    private FeedParseOutcome() { }

    public sealed record Parsed(ParsedFeed Feed) : FeedParseOutcome;

    /// <summary>Not a feed in any format known here. <paramref name="Why"/> is one line for a person.</summary>
    public sealed record NotAFeed(string Why) : FeedParseOutcome;
}

/// <summary>The document to parse, and what HTTP said of it. <paramref name="Body"/> stays as it is while what came of it is used: texts are slices of it.</summary>
public sealed record FeedDocument(ReadOnlyMemory<byte> Body)
{
    /// <summary>The Content-Type header; null when unknown.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Content-Location header, which outranks <see cref="Url"/> as base address; null when absent.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>The Content-Language header; null when absent.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The document's address after redirects; null when unknown.</summary>
    public Uri? Url { get; init; }
}
