namespace Ingest.Newsroom.Designs;

/// <summary>An agency's page: a slug, a dateline in the first paragraph, an end mark, and little else.</summary>
internal sealed class AgencyWire : PageDesign
{
    public override string Name => "agency-wire";

    public override IReadOnlyList<string> Furniture { get; } = ["navigation", "dateline-label", "source-list", "disclaimer", "site-template"];

    protected override ClassStyle Style => ClassStyle.Terse;
    protected override string Heading(string inline) => $"<p class=\"x\"><b>{inline}</b></p>";
    protected override string Quote(string inline) => $"<p class=\"q\">{inline}</p>";
    protected override string ListStart => "<ol>";
    protected override string ListEnd => "</ol>";

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta charset="utf-8">
        <title>{E(page.Title)}</title>
        {Metadata.Canonical(page)}<meta name="dc.date" content="{Metadata.Iso(page.PublishedAt)}">
        <meta name="dc.title" content="{E(page.Title)}">
        {Metadata.Named(page)}</head>
        <body>
        <div id="bar">{Furnish(page, "navigation")}</div>
        <div id="wire">
        <h1>{E(page.Title)}</h1>
        {Subtitle(page, "<h2>", "</h2>")}
        {Furnish(page, "dateline-label")}
        <div id="copy">
        {Body(page.Body)}
        </div>
        <div id="notes">{Furnish(page, "source-list", "disclaimer")}</div>
        </div>
        <div id="foot">{Furnish(page, "site-template")}</div>
        </body>
        </html>
        """;
}
