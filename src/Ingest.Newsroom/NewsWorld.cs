using Ingest.Newsroom.Designs;
using Ingest.Newsroom.Feeds;

namespace Ingest.Newsroom;

/// <summary>Everything published, with the truth about it. Articles stand site by site, oldest first; those published later follow.</summary>
public sealed record NewsWorld(IReadOnlyList<NewsSite> Sites, IReadOnlyList<NewsFeed> Feeds, IReadOnlyList<NewsArticle> Articles)
{
    /// <summary>The address pages are rendered for where no server runs.</summary>
    public static Uri NoServer { get; } = new("http://newsroom.example/");

    /// <summary>The world a server with these options starts with.</summary>
    public static NewsWorld Generate(NewsroomOptions options) => new Newsdesk(options).Opening();

    /// <summary>The HTML page of an article, as the server sends it (before its charset is applied).</summary>
    public static string Render(NewsArticle article, Uri? baseUri = null) =>
        PageDesigns.Named(article.Site.Design).Render(Page.Of(article, baseUri ?? NoServer));

    /// <summary>The page as bytes in its own charset, which some designs tell by a meta element alone.</summary>
    public static RenderedDocument RenderBytes(NewsArticle article, Uri? baseUri = null)
    {
        var design = PageDesigns.Named(article.Site.Design);
        return new RenderedDocument([.. design.Encoding.Preamble, .. design.Encoding.GetBytes(Render(article, baseUri))], design.ContentType);
    }

    /// <summary>A feed's document, as the server sends it.</summary>
    public static RenderedDocument RenderBytes(NewsFeed feed, Uri? baseUri = null) =>
        new(FeedDocument.Write(feed, baseUri ?? NoServer), FeedDocument.ContentType(feed));
}

/// <summary>A site of the world. <paramref name="Language"/> is its BCP 47 tag; <paramref name="Design"/> one of <see cref="PageDesigns.Names"/>, <see cref="PageDesigns.Practice"/> or <see cref="PageDesigns.Unseen"/>.</summary>
public sealed record NewsSite(string Slug, string Name, string Design, string Language)
{
    /// <summary>The path of its home page, which names its feeds (<c>link rel=alternate</c>) and lists its latest articles.</summary>
    public required string HomePath { get; init; }
}

/// <summary>Bytes, and the Content-Type header they come with.</summary>
public sealed record RenderedDocument(byte[] Body, string ContentType);

/// <summary>A feed and what it lists, newest first. <paramref name="Format"/> is <c>rss20</c>, <c>rss10</c>, <c>atom10</c> or <c>json11</c>.
/// With <paramref name="FullText"/> its entries carry the whole article (and the residue that stands inside it), not an excerpt.</summary>
public sealed record NewsFeed(string Path, NewsSite Site, string Format, bool FullText, IReadOnlyList<NewsArticle> Articles)
{
    /// <summary>Links in the feed carry utm_ parameters, so that they differ from the page's canonical address.</summary>
    public bool TracksLinks { get; init; }

    /// <summary>Which validators its answers carry.</summary>
    public Validators Validators { get; init; }
}

/// <summary>The response headers a client can be conditional about.</summary>
[Flags]
public enum Validators
{
    None = 0,
    ETag = 1,
    LastModified = 2,
    Both = ETag | LastModified,
}

/// <summary>An article and what is true of it: its page shows its title, its subtitle, the true lines of <paramref name="Text"/> (paragraphs,
/// sub-headings, quotes, list items without a dash, in order) and, a line at a time, <paramref name="Residue"/>. <paramref name="Path"/> includes the query.</summary>
public sealed record NewsArticle(
    string Path,
    NewsSite Site,
    string Title,
    string Language,
    IReadOnlyList<string> Authors,
    DateTimeOffset PublishedAt,
    IReadOnlyList<string> Text,
    IReadOnlyList<TrueResidue> Residue)
{
    /// <summary>Shown between headline and text on some sites; neither text nor residue. Null where there is none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The publisher's excerpt, as in its feeds.</summary>
    public required string Summary { get; init; }
    public required string Section { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Whom the page credits for its picture; null where it credits nobody.</summary>
    public string? ImageCredit { get; init; }

    /// <summary>The sources that the page names in a list; empty where it has none.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What full-text feeds put under this article ("The post … appeared first on …").</summary>
    public required string FeedFooter { get; init; }

    internal IReadOnlyList<Piece> Body { get; init; } = [];
    internal IReadOnlyList<Piece.Leftover> Furniture { get; init; } = [];
}

/// <summary>A line that a page shows and that is not the article. <paramref name="Kind"/> is a wire name such as <c>photo-credit</c>.</summary>
public sealed record TrueResidue(string Kind, string Line)
{
    /// <summary>Stands among the article's own paragraphs; otherwise around them (header, sidebar, footer).</summary>
    public bool InBody { get; init; }

    /// <summary>The markup tells (a form, an aside, a speaking class, on sites without such classes a list or a box); otherwise a bare paragraph.</summary>
    public bool Marked { get; init; }

    /// <summary>In the document and not to be seen (<c>display:none</c>, <c>aria-hidden</c>, <c>template</c>).</summary>
    public bool Hidden { get; init; }
}
