using System.Xml.Linq;

namespace Ingest.Newsroom.Feeds;

/// <summary>RSS 1.0: RDF, items beside the channel, Dublin Core for dates and authors.</summary>
internal static class Rss10
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Rss = "http://purl.org/rss/1.0/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    public static XElement Document(NewsFeed feed, IReadOnlyList<FeedEntry> entries, Uri baseUri)
    {
        var address = new Uri(baseUri, feed.Path).AbsoluteUri;
        return new XElement(Rdf + "RDF",
            new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
            new XAttribute("xmlns", Rss),
            new XAttribute(XNamespace.Xmlns + "dc", Dc),
            new XAttribute(XNamespace.Xmlns + "content", Content),
            new XElement(Rss + "channel",
                new XAttribute(Rdf + "about", address),
                new XElement(Rss + "title", feed.Site.Name),
                new XElement(Rss + "link", new Uri(baseUri, feed.Site.HomePath).AbsoluteUri),
                new XElement(Rss + "description", feed.Site.Name),
                new XElement(Dc + "language", feed.Site.Language),
                new XElement(Rss + "items", new XElement(Rdf + "Seq", entries.Select(e => new XElement(Rdf + "li", new XAttribute(Rdf + "resource", e.Link)))))),
            entries.Select(Item));
    }

    private static XElement Item(FeedEntry entry) =>
        new(Rss + "item",
            new XAttribute(Rdf + "about", entry.Link),
            new XElement(Rss + "title", entry.Article.Title),
            new XElement(Rss + "link", entry.Link),
            new XElement(Rss + "description", entry.Article.Summary),
            new XElement(Dc + "date", entry.Iso),
            entry.Article.Authors.Select(author => new XElement(Dc + "creator", author)),
            entry.Article.Tags.Select(tag => new XElement(Dc + "subject", tag)),
            entry.Content is { } content ? new XElement(Content + "encoded", new XCData(content)) : null);
}
