namespace Ingest.Newsroom.Designs;

/// <summary>The classic theme: header, hentry, a sidebar full of widgets, a footer.</summary>
internal sealed class ClassicSidebar : PageDesign
{
    public override string Name => "classic-sidebar";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "byline", "dateline-label", "tag-list", "author-bio", "comment-list", "comment-form", "related-links", "newsletter", "advertisement", "site-template", "cookie-notice"];

    protected override ClassStyle Style => ClassStyle.Blog;
    protected override string Heading(string inline) => $"<h3>{inline}</h3>";
    protected override string Blank() => "<p>&nbsp;</p>";

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
        <title>{E(page.Title)} | {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}{Metadata.Named(page)}<link rel="stylesheet" href="/style.css?ver=5.2" type="text/css" media="all" />
        </head>
        <body class="post-template-default single postid-71 custom-background">
        <div id="page" class="hfeed site">
        <div id="header" role="banner">{Furnish(page, "navigation")}</div>
        <div id="content" class="site-content">
        <div id="primary" class="content-area">
        <article id="post-71" class="post-71 post type-post status-publish hentry category-local">
        <header class="entry-header"><h1 class="entry-title">{E(page.Title)}</h1>
        {Subtitle(page, "<p class=\"entry-subtitle\"><em>", "</em></p>")}
        <div class="entry-meta">{Dated(page)}{Furnish(page, "byline")}</div></header>
        <div class="entry-content">
        {Body(page.Body)}
        </div>
        <footer class="entry-footer">{Furnish(page, "tag-list")}</footer>
        {Furnish(page, "author-bio")}
        </article>
        {Furnish(page, "comment-list", "comment-form")}
        </div>
        <div id="secondary" class="widget-area" role="complementary">
        {Widgets(page)}
        </div>
        </div>
        <div id="colophon" class="site-footer">{Furnish(page, "site-template")}</div>
        </div>
        <div id="cookie-law-info-bar" role="dialog">{Furnish(page, "cookie-notice")}</div>
        </body>
        </html>
        """;

    private string Widgets(Page page) => string.Concat(
        ((string[])["related-links", "newsletter", "advertisement"]).Select(kind => $"<aside class=\"widget widget_text\">{Furnish(page, kind)}</aside>\n"));
}
