namespace Ingest.Newsroom.Designs;

/// <summary>A magazine whose metadata live in the markup itself: microdata, time elements, rel=author.</summary>
internal sealed class MicrodataMagazine : PageDesign
{
    public override string Name => "microdata-magazine";

    public override IReadOnlyList<string> Furniture { get; } =
        ["navigation", "share-bar", "tag-list", "author-bio", "related-links", "paywall-prompt", "newsletter", "cookie-notice", "site-template"];

    protected override ClassStyle Style => ClassStyle.Bem;
    protected override string Quote(string inline) => $"<figure class=\"pullquote\"><blockquote>{inline}</blockquote></figure>";
    protected override string Question(string inline) => $"<p><em>{inline}</em></p>";

    public override string Render(Page page) => $"""
        <!DOCTYPE html>
        <html lang="{page.Language}">
        <head>
        <meta charset="utf-8">
        <title>{E(page.Title)} · {E(page.SiteName)}</title>
        {Metadata.Canonical(page)}<meta name="twitter:card" content="summary_large_image">
        <meta name="twitter:title" content="{E(page.Title)}">
        </head>
        <body itemscope itemtype="https://schema.org/WebPage">
        <header class="site-head">{Furnish(page, "navigation")}</header>
        <main>
        <article class="story" itemscope itemtype="https://schema.org/NewsArticle">
        <header class="story__header">
        <h1 itemprop="headline">{E(page.Title)}</h1>
        {Subtitle(page, "<p class=\"story__chapo\" itemprop=\"alternativeHeadline\">", "</p>")}
        {Meta("datePublished", Metadata.Iso(page.PublishedAt))}{string.Concat(page.Authors.Select(Author))}{Meta("articleSection", page.Section)}
        {Furnish(page, "share-bar")}</header>
        <div class="story__body" itemprop="articleBody">
        {Body(page.Body)}
        </div>
        <footer class="story__footer">{Furnish(page, "tag-list", "author-bio")}</footer>
        </article>
        {Furnish(page, "paywall-prompt", "newsletter")}
        <section class="more">{Furnish(page, "related-links")}</section>
        </main>
        <footer class="site-foot">{Furnish(page, "site-template")}</footer>
        <div class="consent-banner">{Furnish(page, "cookie-notice")}</div>
        </body>
        </html>
        """;

    private static string Meta(string property, string? content) =>
        content is null ? "" : $"<meta itemprop=\"{property}\" content=\"{E(content)}\">";

    private static string Author(string name) =>
        $"<span itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\"><meta itemprop=\"name\" content=\"{E(name)}\"></span>";
}
