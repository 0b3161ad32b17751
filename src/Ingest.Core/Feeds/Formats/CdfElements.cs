using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Microsoft's Channel Definition Format: what RSS says in elements, it says in attributes.</summary>
internal static class CdfElements
{
    public static void ReadChannel(XmlElement channel, FeedBuilder feed, FeedLimits limits)
    {
        ReadAttributes(channel, feed);
        foreach (var child in channel.Elements)
        {
            if (child.Name != "item")
            {
                RssElements.Read(child, feed);
            }
            else if (feed.Entries.Count < limits.MaxEntries)
            {
                feed.Entries.Add(ReadItem(child));
            }
        }
    }

    private static ParsedEntry ReadItem(XmlElement element)
    {
        var entry = new EntryBuilder();
        ReadAttributes(element, entry);
        foreach (var child in element.Elements)
        {
            RssElements.Read(child, entry);
        }

        return entry.Build();
    }

    private static void ReadAttributes(XmlElement element, ItemBuilder item)
    {
        item.Updated.Offer(FeedDates.Parse(element["lastmod"]), Rank.Own);
        if (FeedUrls.ResolveText(element.Scope.Base, element["href"]) is { } href)
        {
            item.Links.Add(new FeedLink(href, "alternate", null, null, null, null));
        }
    }
}
