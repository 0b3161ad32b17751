using System.Text;
using Ingest.Core.Feeds.Markup;
using Ingest.Core.Feeds.Xml;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Sitemaps;

/// <summary>
/// Sitemaps and indexes of them (sitemaps.org), with the extensions for news and pictures, read as feeds. They are large and flat: read tag by tag, without
/// a tree.
/// </summary>
internal static class SitemapReader
{
    /// <summary>Bytes of a sitemap after unpacking, and the addresses in it: the protocol's own limits.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;
    private const int MaxUrls = 50_000;

    /// <summary>The root element stands within this: before it are a declaration, a style sheet and a generator's comment.</summary>
    private const int Window = 4096;
    private const int LongestText = 4_000;

    /// <summary>Whether the root element is a sitemap's.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> body)
    {
        body = body[..Math.Min(body.Length, Window)];
        // Nearly every document is none, and is not looked at twice.
        if (body.IndexOf("urlset"u8) < 0 && body.IndexOf("sitemapindex"u8) < 0)
        {
            return false;
        }

        var scanner = new HtmlScanner(Encoding.Latin1.GetString(body));
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token == HtmlToken.StartTag)
            {
                return Local(scanner.Name) is "urlset" or "sitemapindex";
            }
        }

        return false;
    }

    /// <summary>Only what <see cref="Recognizes"/>.</summary>
    public static ParsedFeed Read(FeedDocument document, FeedLimits limits)
    {
        var decoded = Charset.Decode(document.Body.Span, document.ContentType);
        var sitemap = new SitemapBuilder(document.Url);
        var scanner = new HtmlScanner(decoded.Text);
        var text = new StringBuilder();
        for (var token = scanner.Next(); token != HtmlToken.End && sitemap.Urls < MaxUrls; token = scanner.Next())
        {
            switch (token)
            {
                case HtmlToken.StartTag:
                    text.Clear();
                    sitemap.Begin(Local(scanner.Name));
                    break;
                case HtmlToken.EndTag:
                    sitemap.End(Local(scanner.Name), text.ToString().Trim());
                    text.Clear();
                    break;
                default:
                    var piece = scanner.Text[..Math.Min(scanner.Text.Length, LongestText)];
                    text.Append(text.Length > LongestText ? "" : scanner.IsCData ? piece : XmlReferences.Decode(piece));
                    break;
            }
        }

        return sitemap.Build(decoded, limits.MaxEntries);
    }

    /// <summary>A name without its prefix: generators choose their own. Words that no sitemap has are one.</summary>
    private static string Local(ReadOnlySpan<char> name)
    {
        name = name[(name.IndexOf(':') + 1)..];
        foreach (var word in SitemapBuilder.Words)
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return "";
    }
}
