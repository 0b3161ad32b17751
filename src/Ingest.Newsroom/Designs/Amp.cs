namespace Ingest.Newsroom.Designs;

/// <summary>The mobile dialect: boilerplate, amp- elements, JSON-LD of the article alone.</summary>
internal sealed class Amp : PageDesign
{
    public override string Name => "amp";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "byline", "dateline-label", "share-bar", "advertisement", "related-links", "cookie-notice", "site-template"];

    protected override ClassStyle Style => ClassStyle.Bem;
    protected override string Question(string inline) => $"<h4>{inline}</h4>";

    public override string Render(Page page) => $"""
        <!doctype html>
        <html ⚡ lang="{page.Language}">
        <head>
        <meta charset="utf-8">
        <script async src="https://cdn.amp.example/v0.js"></script>
        <title>{E(page.Title)}</title>
        {Metadata.Canonical(page)}<meta name="viewport" content="width=device-width,minimum-scale=1">
        {Metadata.JsonLd(page, asGraph: false)}<style amp-boilerplate>body{"{"}animation:-amp-start 8s steps(1,end) 0s 1 normal both{"}"}</style>
        <style amp-custom>.c-nav{"{"}display:flex{"}"}h1{"{"}font:700 28px/1.2 serif{"}"}</style>
        </head>
        <body>
        <header class="amp-header">{Furnish(page, "navigation")}</header>
        <main>
        <article class="amp-article">
        <h1 class="amp-title">{E(page.Title)}</h1>
        {Subtitle(page, "<p class=\"amp-entradilla\">", "</p>")}
        <div class="amp-meta">{Furnish(page, "byline", "dateline-label", "share-bar")}</div>
        <amp-img src="/media/lead.png" width="1200" height="675" layout="responsive"></amp-img>
        <section class="amp-content">
        {Body(page.Body)}
        </section>
        </article>
        <amp-ad width="300" height="250" type="house" data-slot="/1/end"><div placeholder>{Furnish(page, "advertisement")}</div></amp-ad>
        {Furnish(page, "related-links")}
        </main>
        <amp-user-notification id="aviso" layout="nodisplay">{Furnish(page, "cookie-notice")}</amp-user-notification>
        <footer class="amp-footer">{Furnish(page, "site-template")}</footer>
        <amp-analytics type="house"><script type="application/json">{"{"}"vars":{"{"}"page":"article"{"}"}{"}"}</script></amp-analytics>
        </body>
        </html>
        """;
}
