namespace Ingest.Core.Feeds;

/// <summary>
/// Bounds on what is parsed. A document beyond <see cref="MaxCharacters"/> or <see cref="MaxDepth"/> is refused; what lies beyond the other bounds is left out, and the
/// feed's problems say so.
/// </summary>
public sealed record FeedLimits
{
    /// <summary>Characters after decoding. Default 20 million.</summary>
    public int MaxCharacters { get; init; } = 20_000_000;

    /// <summary>Entries of one document. Default 5,000.</summary>
    public int MaxEntries { get; init; } = 5_000;

    /// <summary>How deeply elements may nest. Default 256.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Characters of one text as the document writes it; a longer one is cut. Default 4 million.</summary>
    public int MaxTextLength { get; init; } = 4_000_000;

    /// <summary>Characters of one attribute's value; a longer one is empty. Default 100,000.</summary>
    public int MaxAttributeLength { get; init; } = 100_000;

    /// <summary>How much of a text that is too long is kept: no half of a character.</summary>
    internal int Cut(ReadOnlySpan<char> text) => MaxTextLength - (char.IsHighSurrogate(text[MaxTextLength - 1]) ? 1 : 0);
}
