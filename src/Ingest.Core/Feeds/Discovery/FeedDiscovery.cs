using Ingest.Core.Feeds.Markup;
using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Discovery;

/// <summary>Finds the feeds that a page names. Never throws on input; safe for concurrent use.</summary>
public static class FeedDiscovery
{
    /// <summary>More than these are never tried on a site that names no feed.</summary>
    public const int MostGuesses = 5;

    /// <summary>Reads a page, and the Link header it came with (null when it had none).</summary>
    /// <param name="url">The page's address after redirects.</param>
    public static PageFeeds Read(ReadOnlyMemory<byte> body, string? contentType, Uri url, string? linkHeader)
    {
        var found = new PageLinks(url);
        foreach (var link in LinkHeader.Parse(linkHeader))
        {
            found.AddLink(string.Join(' ', link.Rels), link.Type, link.Target, link.Title);
        }

        Scan(Charset.Decode(body.Span, contentType).Text, found);
        return new PageFeeds([.. Ranked(found.Feeds, url)], found.Hubs, found.Self);
    }

    /// <summary>Where feeds often are, for a page that names none: the likeliest first.</summary>
    public static IReadOnlyList<Uri> Guesses(Uri page)
    {
        string[] paths = ["/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml"];
        return [.. paths.Prepend(page.AbsolutePath.TrimEnd('/') + "/feed").Distinct(StringComparer.Ordinal).Take(MostGuesses).Select(path => new UriBuilder(page) { Path = path, Query = "", Fragment = "" }.Uri)];
    }

    private static void Scan(string html, PageLinks found)
    {
        var scanner = new HtmlScanner(html);
        for (var token = scanner.Next(); token != HtmlToken.End; token = scanner.Next())
        {
            if (token == HtmlToken.Text)
            {
                found.NameAnchor(scanner.Text);
            }
            else if (token == HtmlToken.StartTag)
            {
                ReadTag(ref scanner, found);
            }
            else if (scanner.Name.Equals("a", StringComparison.OrdinalIgnoreCase))
            {
                found.EndAnchor();
            }
        }
    }

    private static void ReadTag(ref HtmlScanner scanner, PageLinks found)
    {
        Span<char> lower = stackalloc char[8];
        var length = scanner.Name.Length <= lower.Length ? scanner.Name.ToLowerInvariant(lower) : 0;
        switch (lower[..Math.Max(0, length)])
        {
            case "link":
                var link = new LinkAttributes(scanner.Attributes);
                found.AddLink(link.Rel, link.Type, link.Href, link.Title);
                break;
            case "a" or "area":
                var anchor = new LinkAttributes(scanner.Attributes);
                found.AddAnchor(anchor.Type, anchor.Href, anchor.Title);
                break;
            case "base":
                found.SetBase(new LinkAttributes(scanner.Attributes).Href);
                break;
            case "script" or "style" or "title" or "textarea" or "template":
                scanner.SkipRawText(scanner.Name);
                break;
        }
    }

    /// <summary>
    /// Comments last; what is meant for readers before what only looks like it; a section's own feed before the whole site's, when the page is a section's;
    /// then as the page has them, which is the order its makers chose.
    /// </summary>
    private static IEnumerable<FeedCandidate> Ranked(IEnumerable<FeedCandidate> feeds, Uri page)
    {
        var section = page.AbsolutePath.TrimEnd('/') + "/";
        return feeds.OrderBy(feed => feed.IsComments).ThenBy(feed => feed.Source)
            .ThenBy(feed => section.Length > 1 && feed.Url.AbsolutePath.StartsWith(section, StringComparison.OrdinalIgnoreCase) ? 0 : 1);
    }
}
