namespace Ingest.Core.Articles.Paging;

/// <summary>Where else a page says that its article can be read. All addresses are absolute and of http or https.</summary>
/// <param name="Next">The article's next page; null when this is its last or only one.</param>
/// <param name="Amp">The page for mobile readers (<c>rel=amphtml</c>).</param>
/// <param name="Print">The page for printing (<c>rel=alternate media=print</c>).</param>
public sealed record ArticleLinks(Uri? Next, Uri? Amp, Uri? Print)
{
    public static ArticleLinks None { get; } = new(null, null, null);
}
