using System.Xml.Linq;

namespace Ingest.Newsroom.Feeds;

/// <summary>Atom 1.0 (RFC 4287).</summary>
internal static class Atom10
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static XElement Document(NewsFeed feed, IReadOnlyList<FeedEntry> entries, Uri baseUri) =>
        new(Atom + "feed",
            new XAttribute(XNamespace.Xml + "lang", feed.Site.Language),
            new XElement(Atom + "id", $"tag:{feed.Site.Slug}.example,2026:feed"),
            new XElement(Atom + "title", feed.Site.Name),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("href", new Uri(baseUri, feed.Path).AbsoluteUri)),
            new XElement(Atom + "link", new XAttribute("href", new Uri(baseUri, feed.Site.HomePath).AbsoluteUri)),
            entries.Count == 0 ? null : new XElement(Atom + "updated", entries[0].Iso),
            entries.Select(Entry));

    private static XElement Entry(FeedEntry entry) =>
        new(Atom + "entry",
            new XElement(Atom + "id", entry.Id),
            new XElement(Atom + "title", entry.Article.Title),
            new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("type", "text/html"), new XAttribute("href", entry.Link)),
            new XElement(Atom + "published", entry.Iso),
            new XElement(Atom + "updated", entry.Iso),
            entry.Article.Authors.Select(author => new XElement(Atom + "author", new XElement(Atom + "name", author))),
            entry.Article.Tags.Select(tag => new XElement(Atom + "category", new XAttribute("term", tag))),
            new XElement(Atom + "summary", entry.Article.Summary),
            entry.Content is { } content ? new XElement(Atom + "content", new XAttribute("type", "html"), content) : null);
}
