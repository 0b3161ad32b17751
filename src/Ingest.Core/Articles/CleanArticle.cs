namespace Ingest.Core.Articles;

/// <summary>An article with nothing around it, and the ledger of what was taken away. Null and empty mean that the page does not say.</summary>
public sealed record CleanArticle
{
    public string? Title { get; init; }
    public string? Subtitle { get; init; }

    /// <summary>The publisher's own short description, never one of ours.</summary>
    public string? Summary { get; init; }

    /// <summary>
    /// The paragraphs' texts, one a line, joined with <c>\n</c>; <see cref="Paragraph.Start"/> and <see cref="Paragraph.End"/> point into it. A list item begins with
    /// <c>- </c>, the cells of a table's row are parted by <c> | </c>.
    /// </summary>
    public required string Text { get; init; }
    public required IReadOnlyList<Paragraph> Paragraphs { get; init; }

    /// <summary>The same words as CommonMark, with links, emphasis, nested lists, tables (GitHub's) and pictures; null unless asked for (<see cref="ArticleForms"/>).</summary>
    public string? Markdown { get; init; }

    /// <summary>The same words as HTML that is safe to show: built anew from few elements, its links absolute; null unless asked for (<see cref="ArticleForms"/>).</summary>
    public string? Html { get; init; }

    /// <summary>The ledger: everything removed from the article's own blocks, in document order. Page furniture far from it may be summed up.</summary>
    public required IReadOnlyList<Removal> Removed { get; init; }

    /// <summary>BCP 47 tag as declared by the page or feed, for example <c>en-GB</c>; only the language where the text is plainly in another.</summary>
    public string? Language { get; init; }
    public Uri? CanonicalUrl { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public string? Publisher { get; init; }
    public string? Section { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where <see cref="PublishedAt"/> was found: <c>json-ld</c>, <c>meta</c>, <c>microdata</c>, <c>time</c>, <c>text</c> (a line of the page), <c>url</c>, <c>feed</c> or <c>site-rule</c>.</summary>
    public string? PublishedAtSource { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
    public IReadOnlyList<ArticleImage> Images { get; init; } = [];

    /// <summary>Photo credits whose image is not known (a plain-text input has none).</summary>
    public IReadOnlyList<string> Credits { get; init; } = [];

    /// <summary>The names or addresses of a list of sources that stood under the article.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
    public required ExtractionQuality Quality { get; init; }

    /// <summary>What the page allows machines to do with it; null when it says nothing.</summary>
    public ArticleRights? Rights { get; init; }

    /// <summary>Words of <see cref="Text"/>: runs of letters or digits; in Han and Kana, characters.</summary>
    public int WordCount { get; init; }
}

/// <summary>One block of the text. <paramref name="Start"/> and <paramref name="End"/> are UTF-16 offsets into <see cref="CleanArticle.Text"/>.</summary>
public sealed record Paragraph(string Text, int Start, int End, ParagraphKind Kind)
{
    /// <summary>The level of a heading, 1 to 6, as the page gives it; 0 for everything else, and where there is no markup.</summary>
    public int Level { get; init; }
}

/// <summary>What a block of the text is.</summary>
public enum ParagraphKind
{
    Paragraph,
    Heading,
    ListItem,
    Quote,
    Preformatted,
    TableRow,
}

/// <summary>One removal. <paramref name="Rule"/> names the rule that took it; <paramref name="Position"/> is the number of kept paragraphs before it.</summary>
public sealed record Removal(ResidueKind Kind, string Rule, string Text, int Position);

/// <summary>An image of the article, with what the page says of it.</summary>
public sealed record ArticleImage(Uri Url, string? Caption, string? Credit);

/// <summary>A page's own words on its use. They are handed on, not obeyed here.</summary>
/// <param name="Robots">Directives of its robots meta elements and header in lower case, in their order: <c>noarchive</c>, <c>max-snippet:50</c> …</param>
/// <param name="License">The licence's address, or its name where there is none; null when none is named.</param>
/// <param name="Tdm">The reservation of text and data mining (TDM Reservation Protocol); null when the page does not speak of it.</param>
public sealed record ArticleRights(IReadOnlyList<string> Robots, string? License, TdmReservation? Tdm);

/// <summary>Whether mining is reserved, and where its terms are; null when no policy is given.</summary>
public sealed record TdmReservation(bool Reserved, Uri? Policy);

/// <summary>How far to trust the extraction. <paramref name="Score"/> runs from 0 (a guess) to 1 (the page marks its article plainly).</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Truncated">The page shows only the beginning of the article.</param>
/// <param name="Paywalled">The page says that the rest must be paid for.</param>
/// <param name="Extractor">Which reading won: <c>html</c>, <c>json-ld</c>, <c>plain-text</c>, <c>site-rule</c> (a site's own rules said where the body is) …</param>
public sealed record ExtractionQuality(double Score, bool Truncated, bool Paywalled, string Extractor);
