using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Atom 1.0 (RFC 4287), Atom 0.3 and the drafts before it.</summary>
internal static class AtomElements
{
    public static void ReadFeed(XmlElement root, FeedBuilder feed)
    {
        if (root.Name == "entry")
        {
            feed.Add(root, FeedElements.Entry);
            return;
        }

        foreach (var child in root.Elements)
        {
            if (child.Name is "entry" or "item")
            {
                feed.Add(child, FeedElements.Entry);
            }
            else
            {
                FeedElements.ReadFeedElement(child, feed);
            }
        }
    }

    /// <summary>True when the element is a word of Atom for feeds or entries alike.</summary>
    public static bool Read(XmlElement element, ItemBuilder item, Rank rank)
    {
        switch (element.Name)
        {
            case "id":
                item.Id.Offer(ReadId(element), rank);
                return true;
            case "title":
                item.Title.Offer(FeedTexts.Read(element, TextHabit.Plain), rank);
                return true;
            case "link":
                FeedLinks.Read(element, item);
                return true;
            case "updated" or "modified":
                item.Updated.Offer(item.Date(FeedTexts.Simple(element)), rank);
                return true;
            case "published" or "issued":
                item.Published.Offer(item.Date(FeedTexts.Simple(element)), rank);
                return true;
            case "created":
                item.Created.Offer(item.Date(FeedTexts.Simple(element)), rank);
                return true;
            case "author":
                item.AddAuthor(FeedPersons.Read(element), rank);
                return true;
            case "contributor" when FeedPersons.Read(element) is { } person:
                item.AddContributor(person);
                return true;
            case "category":
                ReadCategory(element, item);
                return true;
            case "rights" or "copyright":
                item.Rights.Offer(FeedTexts.Read(element, TextHabit.Plain), rank);
                return true;
            default:
                return item is EntryBuilder entry ? ReadEntry(element, entry, rank) : ReadFeed(element, (FeedBuilder)item, rank);
        }
    }

    private static bool ReadFeed(XmlElement element, FeedBuilder feed, Rank rank)
    {
        switch (element.Name)
        {
            case "subtitle" or "tagline":
                feed.Description.Offer(FeedTexts.Read(element, TextHabit.Plain), rank);
                return true;
            case "info":
                feed.Description.Offer(FeedTexts.Read(element, TextHabit.Plain), Rank.Fallback);
                return true;
            case "generator":
                ReadGenerator(element, feed, rank);
                return true;
            case "icon":
                feed.Icon ??= FeedUrls.ResolveText(element.Scope.Base, FeedTexts.Simple(element));
                return true;
            case "logo":
                feed.Logo ??= FeedUrls.ResolveText(element.Scope.Base, FeedTexts.Simple(element));
                return true;
            default:
                return false;
        }
    }

    private static bool ReadEntry(XmlElement element, EntryBuilder entry, Rank rank)
    {
        switch (element.Name)
        {
            case "summary":
                entry.Summary.Offer(FeedTexts.Read(element, TextHabit.Plain), rank);
                return true;
            case "content":
                entry.ContentSource ??= FeedUrls.ResolveText(element.Scope.Base, element["src"]);
                entry.Content.Offer(FeedTexts.Read(element, TextHabit.Plain), rank);
                return true;
            case "source":
                entry.Source ??= ReadSource(element, entry.Problems);
                return true;
            default:
                return false;
        }
    }

    /// <summary>An id is an address and compared letter by letter (RFC 4287, section 4.2.6.1); only a bare path is taken for a reference.</summary>
    private static string? ReadId(XmlElement element) =>
        FeedTexts.Simple(element) is ['/', ..] path ? FeedUrls.ResolveText(element.Scope.Base, path) : FeedTexts.Simple(element);

    private static FeedDetails ReadSource(XmlElement element, ProblemLog problems)
    {
        var source = new FeedBuilder(problems, new FeedLimits());
        foreach (var child in element.Elements)
        {
            FeedElements.ReadFeedElement(child, source);
        }

        return new FeedDetails(source);
    }

    private static void ReadCategory(XmlElement element, ItemBuilder item)
    {
        if (element["term"] is { } term)
        {
            item.AddCategory(term, element["scheme"], element["label"]);
        }
        else
        {
            item.AddCategory(FeedTexts.Simple(element), element["scheme"] ?? element["domain"], element["label"]);
        }
    }

    private static void ReadGenerator(XmlElement element, FeedBuilder feed, Rank rank)
    {
        var url = FeedUrls.ResolveText(element.Scope.Base, element["uri"] ?? element["url"]);
        var name = FeedTexts.Simple(element);
        feed.Generator.Offer((name ?? url) is null ? null : new FeedGenerator(name, url, element["version"]), rank);
    }
}
