namespace Ingest.Core.Articles.Extraction;

/// <summary>A run of text that a page shows apart from its neighbours: a paragraph, a heading, a list item, a line.</summary>
internal sealed record Block(string Text, ParagraphKind Kind, Region Region)
{
    // Labels, prompts and furniture are short; no phrase rule looks at longer blocks than these.
    private const int LongestPhraseBlock = 700;
    private const int LongestKeptWords = 200;

    private string? _words;
    private string? _label;
    private Rules.PhraseHits? _phrases;

    /// <summary>The page's block that this one was cut from; null for a whole one.</summary>
    public Block? PartOf { get; init; }

    /// <summary>Characters that stand inside of links.</summary>
    public int LinkedCharacters { get; init; }

    /// <summary>Characters set in bold.</summary>
    public int BoldCharacters { get; init; }

    /// <summary>The level of a heading, 1 to 6; 0 for everything else.</summary>
    public int Level { get; init; }

    /// <summary>How much this block looks like running text; see <see cref="Prose"/>.</summary>
    public double Weight { get; init; }

    /// <summary>What the elements around it, up to the article's, call it; the innermost word counts. Null when they say nothing.</summary>
    public ResidueKind? HintWithin(Region? root)
    {
        for (var at = Region; at is not null && !ReferenceEquals(at, root); at = at.Parent)
            if (at.Hint is { } hint && (hint != ResidueKind.Caption || !IsExhibit))
                return hint;
        return null;
    }

    // Code, tables and quotations are shown in figures too, and belong to the text.
    private bool IsExhibit => Kind is ParagraphKind.Preformatted or ParagraphKind.TableRow or ParagraphKind.Quote;

    /// <summary>Its length in letters; see <see cref="Rules.DenseScript"/>.</summary>
    public int Length { get; } = Rules.DenseScript.Length(Text);

    public double LinkDensity => Text.Length == 0 ? 0 : (double)LinkedCharacters / Text.Length;

    /// <summary>Bold throughout, as sub-headings are on pages without heading elements.</summary>
    public bool IsBold => BoldCharacters * 10 >= Text.Length * 8;

    /// <summary>The text as <see cref="Rules.Words"/>; empty for long blocks.</summary>
    public string Words => _words ??= Text.Length <= LongestPhraseBlock ? Rules.Words.Of(Text) : "";

    /// <summary>The phrases of all topics that its words hold.</summary>
    public Rules.PhraseHits Phrases => _phrases ??= FindPhrases();

    // Hardly any other question is asked about the words of a longer block, so they are not kept.
    private Rules.PhraseHits FindPhrases() =>
        _words is not null || Text.Length is <= LongestKeptWords or > LongestPhraseBlock ? Rules.PhraseIndex.Find(Words) : Rules.PhraseIndex.Find(Rules.Words.Write(Text, stackalloc char[Rules.Words.Room(Text.Length)]));

    /// <summary>The words before a colon near the beginning; empty where there is none.</summary>
    public string Label => _label ??= Rules.PhraseSet.LabelEnd(Text, Rules.PhraseSet.LongestLabel) is > 0 and var end ? Rules.Words.Of(Text.AsSpan(0, end)) : "";

    /// <summary>Ends like a sentence and is long enough to be one.</summary>
    public bool IsSentence { get; } = Prose.IsSentence(Text);
}
