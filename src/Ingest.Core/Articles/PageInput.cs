using Ingest.Core.Articles.Paging;

namespace Ingest.Core.Articles;

/// <summary>What the extractor is given: a page as it came, and what is known of it from elsewhere.</summary>
public sealed record PageInput(ReadOnlyMemory<byte> Body, PageFormat Format)
{
    /// <summary>The Content-Type header, whose charset outranks the page's own; null when unknown.</summary>
    public string? ContentType { get; init; }

    /// <summary>The page's address after redirects, against which relative links are resolved; null when unknown.</summary>
    public Uri? Url { get; init; }

    /// <summary>The <c>X-Robots-Tag</c>, <c>tdm-reservation</c> and <c>tdm-policy</c> headers; null when unknown.</summary>
    public UseHeaders? Use { get; init; }

    /// <summary>What the feed said of the article; null when the page did not come from a feed.</summary>
    public EntryHints? Hints { get; init; }
}

/// <summary>What a response says of the use of its page; each null where it says nothing.</summary>
public sealed record UseHeaders(string? Robots, string? TdmReservation, string? TdmPolicy);

/// <summary>How the bytes of a page are to be read.</summary>
public enum PageFormat
{
    Html,
    PlainText,
}

/// <summary>A feed entry's own words about its article. They fill gaps and help to find the title; the page outranks them.</summary>
public sealed record EntryHints
{
    public string? Title { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
    public string? Language { get; init; }
    public string? FeedTitle { get; init; }
}

/// <summary>What came of a page.</summary>
public abstract record ExtractionOutcome
{
    private ExtractionOutcome() { }

    /// <summary>Every line of the page in reading order and what became of it; empty unless asked for (<see cref="ArticleForms.Lines"/>).</summary>
    public IReadOnlyList<PageLine> Lines { get; init; } = [];

    /// <summary>Where else the article can be read, also when this page has none of it.</summary>
    public ArticleLinks Links { get; init; } = ArticleLinks.None;

    public sealed record Extracted(CleanArticle Article) : ExtractionOutcome;

    /// <summary>The page was read and holds no article.</summary>
    public sealed record NoArticle(NoArticleReason Why) : ExtractionOutcome;
}

/// <summary>Why a page gave no article.</summary>
public enum NoArticleReason
{
    /// <summary>No text, or nothing but residue.</summary>
    Empty,

    /// <summary>Beyond <see cref="ExtractionLimits"/>: too many characters, or nested too deeply to parse safely.</summary>
    BeyondLimits,

    /// <summary>The bytes are not a text of any charset (a picture, an archive).</summary>
    NotText,
}

/// <summary>Bounds on what is parsed. A page beyond them is refused as a value; nothing throws.</summary>
public sealed record ExtractionLimits
{
    /// <summary>Characters of a page after decoding. Default 10 million.</summary>
    public int MaxCharacters { get; init; } = 10_000_000;

    /// <summary>How deeply elements may nest. Default 500: real news pages stay under 100, and recursion dies far above it.</summary>
    public int MaxDepth { get; init; } = 500;
}
