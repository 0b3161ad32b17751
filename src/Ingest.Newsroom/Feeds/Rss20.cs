using System.Xml.Linq;

namespace Ingest.Newsroom.Feeds;

/// <summary>RSS 2.0 with the usual modules: content:encoded, dc:creator, an atom:link to itself.</summary>
internal static class Rss20
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";

    public static XElement Document(NewsFeed feed, IEnumerable<FeedEntry> entries, Uri baseUri) =>
        new("rss",
            new XAttribute("version", "2.0"),
            new XAttribute(XNamespace.Xmlns + "atom", Atom),
            new XAttribute(XNamespace.Xmlns + "content", Content),
            new XAttribute(XNamespace.Xmlns + "dc", Dc),
            new XElement("channel",
                new XElement("title", feed.Site.Name),
                new XElement("link", new Uri(baseUri, feed.Site.HomePath).AbsoluteUri),
                new XElement("description", $"{feed.Site.Name} RSS"),
                new XElement("language", feed.Site.Language),
                new XElement(Atom + "link", new XAttribute("href", new Uri(baseUri, feed.Path).AbsoluteUri), new XAttribute("rel", "self"), new XAttribute("type", "application/rss+xml")),
                entries.Select(Item)));

    private static XElement Item(FeedEntry entry) =>
        new("item",
            new XElement("title", entry.Article.Title),
            new XElement("link", entry.Link),
            new XElement("guid", new XAttribute("isPermaLink", "false"), entry.Id),
            new XElement("pubDate", entry.Rfc822),
            entry.Article.Authors.Select(author => new XElement(Dc + "creator", new XCData(author))),
            entry.Article.Tags.Select(tag => new XElement("category", new XCData(tag))),
            new XElement("description", new XCData($"<p>{Designs.Markup.Escape(entry.Article.Summary)}</p>")),
            entry.Content is { } content ? new XElement(Content + "encoded", new XCData(content)) : null);
}
