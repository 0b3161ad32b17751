using System.Text;

namespace Ingest.Newsroom.Designs;

/// <summary>A live blog: every entry is a block with a time of its own.</summary>
internal sealed class LiveBlog : PageDesign
{
    public override string Name => "live-blog";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "byline", "dateline-label", "share-bar", "newsletter", "comment-form", "site-template"];

    protected override ClassStyle Style => ClassStyle.Bem;
    protected override string Heading(string inline) => $"<h3 class=\"entry__headline\">{inline}</h3>";

    /// <summary>A time stamp opens an entry, which lasts until the next.</summary>
    public override string Body(IReadOnlyList<Piece> pieces)
    {
        var html = new StringBuilder("<div class=\"live__summary\">\n");
        var entry = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (piece is Piece.Leftover { Kind: "dateline-label", Dress: Dress.Marked })
            {
                html.Append(base.Body(entry)).Append("</div>\n<div class=\"entry\" data-entry>\n");
                entry.Clear();
            }
            entry.Add(piece);
        }
        return html.Append(base.Body(entry)).Append("</div>").ToString();
    }

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta charset="utf-8">
        <title>LIVE: {E(page.Title)} | {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}<meta property="og:type" content="article">
        <meta property="og:title" content="{E(page.Title)}">
        <meta name="date" content="{Metadata.Iso(page.PublishedAt)}">
        </head>
        <body class="live">
        <header class="live__masthead">{Furnish(page, "navigation")}</header>
        <main class="live">
        <h1>{E(page.Title)}</h1>
        {Subtitle(page, "<p class=\"live__standfirst\">", "</p>")}
        <div class="live__meta">{Furnish(page, "byline")}{Dated(page)}{Furnish(page, "share-bar")}</div>
        <section class="live__stream" aria-live="polite">
        {Body(page.Body)}
        </section>
        <aside class="live__signup">{Furnish(page, "newsletter")}</aside>
        <section class="live__talk">{Furnish(page, "comment-form")}</section>
        </main>
        <footer>{Furnish(page, "site-template")}</footer>
        <script>setInterval(function () {"{"} /* poll for entries */ {"}"}, 30000);</script>
        </body>
        </html>
        """;
}
