namespace Ingest.Newsroom;

/// <summary>One block of an article's body, in page order.</summary>
internal abstract record Piece
{
    private Piece() { }

    /// <summary>A true line.</summary>
    internal sealed record Words(WordsKind Kind, string Text) : Piece;

    /// <summary>Residue: lines that belong together, such as those of a form.</summary>
    internal sealed record Leftover(string Kind, IReadOnlyList<string> Lines, Dress Dress) : Piece
    {
        /// <summary>The kind, or one of its <see cref="Residue.ResidueKinds.Shapes"/>.</summary>
        public string Shape { get; init; } = Kind;
    }

    /// <summary>A run of empty paragraphs.</summary>
    internal sealed record Blank : Piece;
}

internal enum WordsKind
{
    Paragraph,
    Heading,
    Quote,
    Question,
    ListItem,
}

/// <summary>What the markup of residue gives away.</summary>
internal enum Dress
{
    Marked,
    Bare,
    Hidden,
}
