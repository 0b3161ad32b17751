namespace Ingest.Newsroom.Designs;

/// <summary>A blog of today: blocks, a query loop, everything with generated classes.</summary>
internal sealed class BlockTheme : PageDesign
{
    public override string Name => "block-theme";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "byline", "dateline-label", "tag-list", "share-bar", "comment-form", "related-links", "site-template"];

    protected override ClassStyle Style => ClassStyle.Blog;
    protected override string ListStart => "<ul class=\"wp-block-list\">";
    protected override string Paragraph(string inline) => $"<p class=\"wp-block-paragraph\">{inline}</p>";
    protected override string Heading(string inline) => $"<h2 class=\"wp-block-heading\">{inline}</h2>";
    protected override string Quote(string inline) => $"<blockquote class=\"wp-block-quote is-layout-flow\"><p>{inline}</p></blockquote>";
    protected override string Blank() => "<div style=\"height:40px\" aria-hidden=\"true\" class=\"wp-block-spacer\"></div>\n<p></p>";

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta charset="UTF-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{E(page.Title)} – {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}{Metadata.OpenGraph(page)}<style id="global-styles">:root{"{"}--wp--preset--color--base:#fff;--wp--preset--spacing--40:2rem{"}"}body{"{"}margin:0{"}"}</style>
        </head>
        <body class="single single-post wp-embed-responsive">
        <div class="wp-site-blocks">
        <header class="wp-block-template-part"><div class="wp-block-group has-global-padding is-layout-constrained">
        {Furnish(page, "navigation")}</div></header>
        <main class="wp-block-group" id="wp--skip-link--target">
        <div class="wp-block-group alignwide"><h1 class="wp-block-post-title">{E(page.Title)}</h1>
        {Subtitle(page, "<p class=\"wp-block-post-excerpt__excerpt\">", "</p>")}
        <div class="wp-block-group post-meta">{Furnish(page, "byline")}{Dated(page)}</div></div>
        <div class="entry-content wp-block-post-content has-global-padding is-layout-constrained wp-block-post-content-is-layout-constrained">
        {Body(page.Body)}
        </div>
        <div class="wp-block-group">{Furnish(page, "tag-list", "share-bar")}</div>
        <div class="wp-block-comments">{Furnish(page, "comment-form")}</div>
        </main>
        <div class="wp-block-query">{Furnish(page, "related-links")}</div>
        <footer class="wp-block-template-part">{Furnish(page, "site-template")}</footer>
        </div>
        <script>window.wpReady=function(){"{"}return 1{"}"};</script>
        </body>
        </html>
        """;
}
