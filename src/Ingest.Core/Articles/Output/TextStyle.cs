namespace Ingest.Core.Articles.Output;

/// <summary>How a run of text is set: in which link, how strongly, as code.</summary>
/// <param name="Address">Where its link leads; null outside of links.</param>
internal readonly record struct TextStyle(string? Address, bool Strong, bool Emphasis, bool Code)
{
    /// <summary>What two neighbours have in common, and so the space between them.</summary>
    public TextStyle And(TextStyle other) =>
        new(Address == other.Address ? Address : null, Strong && other.Strong, Emphasis && other.Emphasis, Code && other.Code);
}

/// <summary>Characters that are set in one way.</summary>
internal readonly record struct StyledText(string Text, TextStyle Style);
