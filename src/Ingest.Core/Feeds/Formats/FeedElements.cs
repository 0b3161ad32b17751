using Ingest.Core.Feeds.Modules;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>
/// Sends each element to the vocabulary that knows it. Real feeds mix formats, so any known word counts wherever it stands:
/// a word without a namespace is RSS's if RSS has it, else Atom's.
/// </summary>
internal static class FeedElements
{
    public static ParsedEntry Entry(XmlElement element, ProblemLog problems)
    {
        var entry = new EntryBuilder(problems);
        entry.Id.Offer(element.Attribute(FeedNamespace.Rdf, "about"), Rank.Module);
        if (!string.IsNullOrEmpty(element.Scope.Language))
        {
            entry.Language.Offer(element.Scope.Language, Rank.Fallback);
        }

        foreach (var child in element.Elements)
        {
            Read(child, entry);
        }

        return new ParsedEntry(entry);
    }

    public static void ReadFeedElement(XmlElement element, FeedBuilder feed) => Read(element, feed);

    private static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Namespace)
        {
            case FeedNamespace.Core:
                _ = RssElements.Read(element, item) || AtomElements.Read(element, item, Rank.Own);
                break;
            case FeedNamespace.Atom:
                AtomElements.Read(element, item, Rank.Own);
                break;
            case FeedNamespace.DublinCore or FeedNamespace.DublinCoreTerms:
                DublinCore.Read(element, item);
                break;
            case FeedNamespace.ITunes or FeedNamespace.GooglePlay:
                ITunes.Read(element, item);
                break;
            case FeedNamespace.Media:
                MediaRss.Read(element, item);
                break;
            case FeedNamespace.GeoRss or FeedNamespace.W3CGeo or FeedNamespace.Gml:
                Geo.Read(element, item);
                break;
            default:
                SmallModules.Read(element, item);
                break;
        }
    }
}
