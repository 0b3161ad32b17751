using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ingest.Newsroom.Designs;

namespace Ingest.Newsroom.Feeds;

/// <summary>The bytes of a feed.</summary>
internal static class FeedDocument
{
    public static string ContentType(NewsFeed feed) => feed.Format switch
    {
        "rss20" => "application/rss+xml; charset=utf-8",
        "rss10" => "application/rdf+xml",
        "atom10" => "application/atom+xml; charset=utf-8",
        _ => "application/feed+json",
    };

    public static byte[] Write(NewsFeed feed, Uri baseUri)
    {
        FeedEntry[] entries = [.. feed.Articles.Select(article => FeedEntry.Of(feed, article, baseUri))];
        return feed.Format switch
        {
            "rss20" => Bytes(Rss20.Document(feed, entries, baseUri)),
            "rss10" => Bytes(Rss10.Document(feed, entries, baseUri)),
            "atom10" => Bytes(Atom10.Document(feed, entries, baseUri)),
            _ => Json11.Document(feed, entries, baseUri),
        };
    }

    private static byte[] Bytes(XElement root)
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, settings))
        {
            new XDocument(root).Save(writer);
        }
        return stream.ToArray();
    }
}

/// <summary>One entry, ready for any format. <paramref name="Content"/> is null in excerpt feeds.</summary>
internal sealed record FeedEntry(NewsArticle Article, string Link, string Id, string? Content)
{
    public string Rfc822 => Article.PublishedAt.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
    public string Iso => Article.PublishedAt.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z";

    public static FeedEntry Of(NewsFeed feed, NewsArticle article, Uri baseUri)
    {
        var link = new Uri(baseUri, article.Path).AbsoluteUri;
        return new FeedEntry(article, feed.TracksLinks ? Tracked(link, feed) : link, IdOf(article, feed.Format, link), feed.FullText ? Full(article) : null);
    }

    /// <summary>An id of the format's own: two feeds of a site have only the page's address in common.</summary>
    private static string IdOf(NewsArticle article, string format, string link) => format switch
    {
        "rss20" => $"{article.Site.Slug}-{(uint)Dice.StableHash(article.Path):x8}",
        "atom10" => $"tag:{article.Site.Slug}.example,2026:{article.Path}",
        _ => link,
    };

    private static string Tracked(string link, NewsFeed feed) =>
        $"{link}{(link.Contains('?', StringComparison.Ordinal) ? '&' : '?')}utm_source={feed.Format}&utm_medium=feed&utm_campaign={feed.Site.Slug}";

    private static string Full(NewsArticle article) =>
        $"{PageDesigns.Named(article.Site.Design).Body(article.Body)}\n<p>{Markup.Escape(article.FeedFooter)}</p>";
}
