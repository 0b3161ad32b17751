namespace Ingest.Core.Feeds;

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
