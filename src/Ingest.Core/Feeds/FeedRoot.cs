using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds;

/// <summary>Tells the format of a document by its root, and reads it.</summary>
internal static class FeedRoot
{
    /// <summary>The element that the feed begins with; null when there is none. It may stand in a wrapper that is no feed itself.</summary>
    public static XmlElement? Find(XmlElement root)
    {
        if (IsFeed(root))
        {
            return root;
        }

        foreach (var child in root.Elements)
        {
            if (root.Name != "html" && IsFeed(child))
            {
                return child;
            }
        }

        return null;
    }

    public static ParsedFeed Read(XmlElement root, FeedLimits limits, ProblemLog problems)
    {
        var format = Format(root);
        var feed = new FeedBuilder(problems, limits);
        switch (format)
        {
            case FeedFormat.Cdf:
                CdfElements.ReadChannel(root, feed);
                break;
            case FeedFormat.Atom or FeedFormat.Atom03 or FeedFormat.Atom10:
                AtomElements.ReadFeed(root, feed);
                break;
            default:
                RssElements.ReadFeed(root, feed);
                break;
        }

        if (root.Scope.Language is { Length: > 0 } language)
        {
            feed.Language.Offer(language, Rank.Fallback);
        }

        return new ParsedFeed(feed, format);
    }

    private static bool IsFeed(XmlElement element) => element.Name is "rss" or "rdf" or "feed" or "channel" or "entry";

    private static FeedFormat Format(XmlElement root) => root.Name switch
    {
        "rss" => RssVersion(root["version"]),
        "rdf" => IsNetscape(root) ? FeedFormat.Rss090 : FeedFormat.Rss10,
        "channel" => root.Child("item") is { } item && (item.HasElements && item["href"] is null && item.Child("link") is not null) ? FeedFormat.Rss : FeedFormat.Cdf,
        _ => AtomVersion(root),
    };

    private static FeedFormat RssVersion(string? version) => version switch
    {
        "0.90" => FeedFormat.Rss090,
        "0.91" => FeedFormat.Rss091,
        "0.92" => FeedFormat.Rss092,
        "0.93" => FeedFormat.Rss093,
        "0.94" => FeedFormat.Rss094,
        "1.0" => FeedFormat.Rss10,
        ['2', ..] => FeedFormat.Rss20,
        _ => FeedFormat.Rss,
    };

    /// <summary>RSS 0.90 and 1.0 differ in the namespace of their words, which stands on the root or on the words themselves.</summary>
    private static bool IsNetscape(XmlElement root) => root.Declares("netscape.com/rdf/simple/0.9");

    private static FeedFormat AtomVersion(XmlElement root) => root["version"] switch
    {
        "0.3" or "0.2" or "0.1" => FeedFormat.Atom03,
        _ when root.Declares("purl.org/atom/ns") => FeedFormat.Atom03,
        _ when root.Namespace == FeedNamespace.Atom => FeedFormat.Atom10,
        _ => FeedFormat.Atom,
    };
}
