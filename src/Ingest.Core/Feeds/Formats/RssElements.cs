using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>The RSS family: 0.90 and 1.0 (RDF), 0.91 to 0.94, 2.0, and what passes for them.</summary>
internal static class RssElements
{
    /// <summary>Reads a document whose channel may hold its items (RSS) or stand beside them (RDF).</summary>
    public static void ReadFeed(XmlElement root, FeedBuilder feed)
    {
        foreach (var child in root.Elements)
        {
            switch (child.Name)
            {
                case "channel":
                    feed.Id.Offer(child.Attribute(FeedNamespace.Rdf, "about"), Rank.Module);
                    ReadFeed(child, feed);
                    break;
                case "item" or "entry":
                    feed.Add(child, FeedElements.Entry);
                    break;
                default:
                    FeedElements.ReadFeedElement(child, feed);
                    break;
            }
        }
    }

    /// <summary>True when the element is a word of RSS for channels or items alike.</summary>
    public static bool Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "title":
                item.Title.Offer(FeedTexts.Read(element, TextHabit.Guess), Rank.Own);
                return true;
            case "link":
                FeedLinks.Read(element, item);
                return true;
            case "pubdate":
                item.Published.Offer(item.Date(FeedTexts.Simple(element)), Rank.Own);
                return true;
            case "lastbuilddate":
                item.Updated.Offer(item.Date(FeedTexts.Simple(element)), Rank.Own);
                return true;
            case "expirationdate":
                item.Expired.Offer(item.Date(FeedTexts.Simple(element)), Rank.Own);
                return true;
            case "author":
                item.AddAuthor(FeedPersons.Read(element), Rank.Own);
                return true;
            case "managingeditor":
                item.AddAuthor(FeedPersons.Read(element), Rank.Module);
                return true;
            case "webmaster":
                item.Publisher.Offer(FeedPersons.Read(element), Rank.Own);
                return true;
            case "category":
                item.AddCategory(element["term"] ?? FeedTexts.Simple(element), element["domain"] ?? element["scheme"], element["label"]);
                return true;
            case "copyright" or "rights":
                item.Rights.Offer(FeedTexts.Read(element, TextHabit.Guess), Rank.Own);
                return true;
            case "language":
                item.Language.Offer(FeedTexts.Simple(element), Rank.Own);
                return true;
            case "image":
                item.Image.Offer(ReadImage(element), Rank.Own);
                return true;
            default:
                return item is EntryBuilder entry ? ReadItem(element, entry) : ReadChannel(element, (FeedBuilder)item);
        }
    }

    private static bool ReadChannel(XmlElement element, FeedBuilder feed)
    {
        switch (element.Name)
        {
            case "description" or "summary" or "abstract":
                feed.Description.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Own);
                return true;
            case "docs":
                feed.Docs ??= FeedUrls.ResolveText(element.Scope.Base, FeedTexts.Simple(element));
                return true;
            case "ttl":
                feed.Ttl ??= FeedTexts.Simple(element);
                return true;
            case "skiphours" or "skipdays":
                return feed.Timetable.Read(element);
            case "cloud":
                feed.Cloud ??= new FeedCloud(element["domain"], element["port"], element["path"], element["registerprocedure"], element["protocol"]);
                return true;
            case "textinput":
                feed.TextInput ??= new FeedTextInput(Part(element, "title"), Part(element, "description"), Part(element, "name"), Address(element, "link"));
                return true;
            case "redirect":
                feed.NewLocation ??= Address(element, "newlocation") ?? Address(element, "location");
                return true;
            case "newlocation" or "location":
                feed.NewLocation ??= FeedTexts.Simple(element);
                return true;
            default:
                return false;
        }
    }

    private static bool ReadItem(XmlElement element, EntryBuilder entry)
    {
        switch (element.Name)
        {
            case "description" or "summary" or "abstract":
                // When a feed has both, the second one met is the longer by habit.
                var text = FeedTexts.Read(element, TextHabit.Html);
                if (entry.HasOwnSummary)
                {
                    entry.Content.Offer(text, Rank.Module);
                }
                else
                {
                    entry.Summary.Offer(text, Rank.Own);
                    entry.HasOwnSummary = text is not null;
                }

                return true;
            case "body" or "fullitem" or "encoded":
                entry.Content.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Own);
                return true;
            case "guid":
                ReadGuid(element, entry);
                return true;
            case "enclosure":
                ReadEnclosure(element, entry);
                return true;
            case "comments":
                entry.Comments ??= WebAddress(element);
                return true;
            case "source":
                entry.Source ??= ReadSource(element, entry.Problems);
                return true;
            case "tags":
                ReadTags(element, entry);
                return true;
            default:
                return false;
        }
    }

    private static void ReadGuid(XmlElement element, EntryBuilder entry)
    {
        var text = FeedTexts.Simple(element);
        var said = element["ispermalink"];
        // Unless told otherwise a guid is an address (RSS 2.0), but only what looks like one is believed.
        var isLink = said is null ? text is not null && FeedUrls.HasScheme(text) && text.StartsWith("http", StringComparison.OrdinalIgnoreCase) : said.Equals("true", StringComparison.OrdinalIgnoreCase);
        entry.Id.Offer(isLink ? FeedUrls.ResolveText(element.Scope.Base, text) : text, Rank.Own);
        entry.IdIsLink = isLink;
    }

    private static void ReadEnclosure(XmlElement element, EntryBuilder entry)
    {
        var url = FeedUrls.ResolveText(element.Scope.Base, element["url"] ?? element["href"] ?? element.Attribute(FeedNamespace.Rdf, "resource"));
        if (url is not null)
        {
            entry.AddLink(new FeedLink(url, "enclosure", element["type"], null, null, element["length"]));
            entry.AddEnclosure(url, element["type"], element["length"]);
        }
    }

    private static FeedDetails ReadSource(XmlElement element, ProblemLog problems)
    {
        var source = new FeedBuilder(problems, new FeedLimits());
        if (element.HasElements)
        {
            foreach (var child in element.Elements)
            {
                FeedElements.ReadFeedElement(child, source);
            }
        }
        else
        {
            source.Title.Offer(FeedTexts.Read(element, TextHabit.Guess), Rank.Own);
        }

        if (FeedUrls.ResolveText(element.Scope.Base, element["url"]) is { } url)
        {
            source.AddLink(new FeedLink(url, "alternate", null, null, null, null));
        }

        return new FeedDetails(source);
    }

    private static void ReadTags(XmlElement element, EntryBuilder entry)
    {
        foreach (var tag in (FeedTexts.Simple(element) ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            entry.AddCategory(tag, null, null);
        }
    }

    private static FeedImage? ReadImage(XmlElement element)
    {
        var url = Address(element, "url") ?? FeedUrls.ResolveText(element.Scope.Base, element["href"] ?? element["url"])
            ?? (element.HasElements ? null : FeedUrls.ResolveText(element.Scope.Base, element.Attribute(FeedNamespace.Rdf, "resource") ?? FeedTexts.Simple(element)));
        var image = new FeedImage(url, Part(element, "title"), Address(element, "link"), Part(element, "description"), Part(element, "width"), Part(element, "height"));
        return image == new FeedImage(null) ? null : image;
    }

    private static string? Part(XmlElement element, string name) => element.Child(name) is { } part ? FeedTexts.Simple(part) : null;

    private static string? Address(XmlElement element, string name) => FeedUrls.ResolveText(element.Scope.Base, Part(element, name));

    private static string? WebAddress(XmlElement element) =>
        FeedTexts.Simple(element) is { } text && !text.AsSpan().ContainsAny(" \t\r\n")
        && FeedUrls.Resolve(element.Scope.Base, text) is { Scheme: "http" or "https" } url ? url.OriginalString : null;
}
