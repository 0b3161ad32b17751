using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using static Ingest.Newsroom.Designs.Markup;

namespace Ingest.Newsroom.Designs;

/// <summary>What pages say about themselves in their heads. What a page does not know is left out.</summary>
internal static class Metadata
{
    private const string Context = "https://schema.org";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Canonical(Page page) => page.Url is { } url ? $"<link rel=\"canonical\" href=\"{Escape(url.AbsoluteUri)}\">\n" : "";

    public static string OpenGraph(Page page)
    {
        var html = new StringBuilder();
        Property(html, "og:type", "article");
        Property(html, "og:title", page.Title);
        Property(html, "og:site_name", page.SiteName);
        Property(html, "og:locale", page.Language.Replace('-', '_'));
        Property(html, "og:description", page.Summary);
        Property(html, "og:url", page.Url?.AbsoluteUri);
        Property(html, "og:image", page.Image?.AbsoluteUri);
        Property(html, "article:published_time", Iso(page.PublishedAt));
        Property(html, "article:section", page.Section);
        foreach (var tag in page.Tags)
        {
            Property(html, "article:tag", tag);
        }
        return html.ToString();
    }

    public static string Named(Page page)
    {
        var html = new StringBuilder();
        Name(html, "description", page.Summary);
        Name(html, "author", page.Authors.Count == 0 ? null : string.Join(", ", page.Authors));
        Name(html, "keywords", page.Tags.Count == 0 ? null : string.Join(", ", page.Tags));
        return html.ToString();
    }

    /// <summary>schema.org in a script; as a graph of site and article, or the article alone.</summary>
    public static string JsonLd(Page page, bool asGraph)
    {
        var article = Article(page);
        object document = asGraph
            ? new Dictionary<string, object?> { ["@context"] = Context, ["@graph"] = new object[] { WebSite(page), article } }
            : new Dictionary<string, object?>(article) { ["@context"] = Context };
        return Script("type=\"application/ld+json\"", document);
    }

    /// <summary>schema.org as an array of things that have nothing to do with each other.</summary>
    public static string JsonLdArray(Page page)
    {
        Dictionary<string, object?>[] things = [WebSite(page), new() { ["@type"] = "BreadcrumbList", ["itemListElement"] = Array.Empty<object>() }, Article(page)];
        return Script("type=\"application/ld+json\"", things.Select(thing => new Dictionary<string, object?>(thing) { ["@context"] = Context }));
    }

    /// <summary>What a page rendered by a script framework starts from: the article once more.</summary>
    public static string State(Page page) => Script("id=\"__STATE__\" type=\"application/json\"", new Dictionary<string, object?>
    {
        ["props"] = new Dictionary<string, object?>
        {
            ["article"] = new Dictionary<string, object?> { ["title"] = page.Title, ["blocks"] = page.Body.OfType<Piece.Words>().Select(words => words.Text), ["published"] = Iso(page.PublishedAt) },
        },
    });

    private static Dictionary<string, object?> WebSite(Page page) => new() { ["@type"] = "WebSite", ["name"] = page.SiteName };

    private static string Script(string attributes, object content) => $"<script {attributes}>{JsonSerializer.Serialize(content, Json)}</script>\n";

    private static Dictionary<string, object?> Article(Page page)
    {
        var article = new Dictionary<string, object?>
        {
            ["@type"] = "NewsArticle",
            ["headline"] = page.Title,
            ["description"] = page.Summary,
            ["inLanguage"] = page.Language,
            ["datePublished"] = Iso(page.PublishedAt),
            ["articleSection"] = page.Section,
            ["keywords"] = page.Tags,
            ["author"] = page.Authors.Select(name => new Dictionary<string, string> { ["@type"] = "Person", ["name"] = name }),
            ["publisher"] = new Dictionary<string, string> { ["@type"] = "NewsMediaOrganization", ["name"] = page.SiteName },
            ["mainEntityOfPage"] = page.Url?.AbsoluteUri,
            ["image"] = page.Image?.AbsoluteUri,
        };
        foreach (var unknown in article.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList())
        {
            article.Remove(unknown);
        }
        return article;
    }

    /// <summary>A moment as pages write it in attributes; null for null.</summary>
    public static string? Iso(DateTimeOffset? at) => at?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void Property(StringBuilder html, string property, string? content) => Meta(html, "property", property, content);

    private static void Name(StringBuilder html, string name, string? content) => Meta(html, "name", name, content);

    private static void Meta(StringBuilder html, string attribute, string name, string? content)
    {
        if (!string.IsNullOrEmpty(content))
        {
            html.Append(CultureInfo.InvariantCulture, $"<meta {attribute}=\"{name}\" content=\"{Escape(content)}\">\n");
        }
    }
}
