namespace Ingest.Newsroom.Designs;

/// <summary>A local station's site: a page builder's rows and columns, and a player above, beside and below everything.</summary>
internal sealed class RadioStation : PageDesign
{
    public override string Name => "radio-station";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "stream-link", "dateline-label", "byline", "share-bar", "comment-form", "related-links", "social-embed", "site-template"];

    protected override ClassStyle Style => ClassStyle.Terse;
    protected override string Heading(string inline) => $"<h4 style=\"text-align:left\"><strong>{inline}</strong></h4>";
    protected override string Paragraph(string inline) => $"<p style=\"text-align: justify;\">{inline}</p>";
    protected override string BareLine(string inline) => $"<div>{inline}</div>";
    protected override string Blank() => "<p>&nbsp;</p>\n<p>\u00A0</p>\n<p><br></p>";

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta charset="utf-8">
        <title>{E(page.Title)} &#8211; {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}<meta property="article:published_time" content="{Metadata.Iso(page.PublishedAt)}">
        <meta property="og:title" content="{E(page.Title)}">
        </head>
        <body class="post-template elementor-page">
        <div class="row top"><div class="col-12">{Furnish(page, "navigation")}</div></div>
        <div class="row"><div class="col-12 onair">{Furnish(page, "stream-link")}</div></div>
        <div class="row main"><div class="col-8"><div class="inner">
        <h2 class="headline">{E(page.Title)}</h2>
        {Subtitle(page, "<h5>", "</h5>")}
        <div class="info">{Furnish(page, "dateline-label", "byline")}</div>
        <div class="text">
        {Body(page.Body)}
        </div>
        {Furnish(page, "share-bar", "comment-form")}
        </div></div>
        <div class="col-4"><div class="inner">{Furnish(page, "related-links", "social-embed")}</div></div></div>
        <div class="row bottom"><div class="col-12">{Furnish(page, "site-template")}</div></div>
        </body>
        </html>
        """;
}
