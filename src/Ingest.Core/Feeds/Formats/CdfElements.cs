using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Microsoft's Channel Definition Format: what RSS says in elements, it says in attributes.</summary>
internal static class CdfElements
{
    public static void ReadChannel(XmlElement channel, FeedBuilder feed)
    {
        ReadAttributes(channel, feed);
        foreach (var child in channel.Elements)
        {
            if (child.Name != "item")
            {
                RssElements.Read(child, feed);
            }
            else
            {
                feed.Add(child, ReadItem);
            }
        }
    }

    private static ParsedEntry ReadItem(XmlElement element, ProblemLog problems)
    {
        var entry = new EntryBuilder(problems);
        ReadAttributes(element, entry);
        foreach (var child in element.Elements)
        {
            RssElements.Read(child, entry);
        }

        return new ParsedEntry(entry);
    }

    private static void ReadAttributes(XmlElement element, ItemBuilder item)
    {
        item.Updated.Offer(item.Date(element["lastmod"]), Rank.Own);
        if (FeedUrls.ResolveText(element.Scope.Base, element["href"]) is { } href)
        {
            item.AddLink(new FeedLink(href, "alternate", null, null, null, null));
        }
    }
}
