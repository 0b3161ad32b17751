using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>JSON Feed 1 and 1.1 (jsonfeed.org). A member of an unexpected type is as good as absent.</summary>
internal static class JsonFeed
{
    /// <summary>The feed; null when the text is no JSON Feed.</summary>
    public static ParsedFeed? Read(ReadOnlyMemory<byte> utf8, XmlScope scope, FeedLimits limits, ProblemLog problems)
    {
        var json = new JsonWalk(utf8, limits, problems);
        return json.Begin() && json.IsObject ? ReadAll(json, new FeedBuilder(problems, limits), limits, scope) : null;
    }

    /// <param name="json">Where the object begins.</param>
    /// <param name="feed">What is to be filled.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="scope">What the object inherits.</param>
    /// <param name="knowsLanguage">The scope has the object's own language.</param>
    private static ParsedFeed? ReadAll(JsonWalk json, FeedBuilder feed, FeedLimits limits, XmlScope scope, bool knowsLanguage = false)
    {
        var start = json;
        var (hasItems, isFirst) = (false, false);
        while (json.NextMember())
        {
            switch (json.Name)
            {
                case "items" when json.IsArray:
                    hasItems = true;
                    ReadItems(ref json, feed, scope);
                    break;
                case "version":
                    isFirst = json.Text() is { } version && !version.Contains("1.1", StringComparison.Ordinal);
                    break;
                case "language" when !knowsLanguage && json.Text() is { } language:
                    // The language is that of all texts, also of those before it.
                    return ReadAll(start, new FeedBuilder(feed.Problems, limits), limits, scope with { Language = language }, knowsLanguage: true);
                default:
                    ReadFeed(ref json, feed, scope);
                    break;
            }
        }

        feed.Language.Offer(knowsLanguage ? scope.Language : null, Rank.Own);
        return hasItems ? new ParsedFeed(feed, isFirst ? FeedFormat.Json1 : FeedFormat.Json11) : null;
    }

    private static void ReadItems(ref JsonWalk json, FeedBuilder feed, XmlScope scope)
    {
        while (json.NextElement())
        {
            if (!json.IsObject || !feed.BeginEntry())
            {
                json.Skip();
                continue;
            }

            feed.EndEntry(ReadItem(ref json, feed.Problems, scope));
        }
    }

    private static void ReadFeed(ref JsonWalk json, FeedBuilder feed, XmlScope scope)
    {
        switch (json.Name)
        {
            case "title":
                feed.Title.Offer(FeedTexts.Of(json.Text(), isHtml: false, scope), Rank.Own);
                break;
            case "description":
                feed.Description.Offer(FeedTexts.Of(json.Text(), isHtml: false, scope), Rank.Own);
                break;
            case "favicon":
                feed.Icon = Url(ref json, scope);
                break;
            case "icon":
                feed.Logo = Url(ref json, scope);
                break;
            case "home_page_url":
                AddLink(feed, Url(ref json, scope), "alternate");
                break;
            case "feed_url":
                AddLink(feed, Url(ref json, scope), "self");
                break;
            case "next_url":
                AddLink(feed, Url(ref json, scope), "next");
                break;
            case "hubs" when json.IsArray:
                ReadHubs(ref json, feed, scope);
                break;
            case "authors" or "author":
                ReadAuthors(ref json, feed, scope);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private static ParsedEntry ReadItem(ref JsonWalk json, ProblemLog problems, XmlScope scope, bool knowsLanguage = false)
    {
        var start = json;
        var entry = new EntryBuilder(problems);
        string? external = null;
        while (json.NextMember())
        {
            switch (json.Name)
            {
                case "language" when !knowsLanguage && json.Text() is { } language:
                    json = start;
                    return ReadItem(ref json, problems, scope with { Language = language }, knowsLanguage: true);
                case "external_url":
                    external = Url(ref json, scope);
                    break;
                default:
                    ReadItem(ref json, entry, scope);
                    break;
            }
        }

        entry.Language.Offer(scope.Language, Rank.Own);
        AddLink(entry, entry.Links.Count > 0 ? null : external, "alternate");
        return new ParsedEntry(entry);
    }

    private static void ReadItem(ref JsonWalk json, EntryBuilder entry, XmlScope scope)
    {
        switch (json.Name)
        {
            case "id":
                entry.Id.Offer(json.Text(), Rank.Own);
                break;
            case "url":
                AddLink(entry, Url(ref json, scope), "alternate");
                break;
            case "title":
                entry.Title.Offer(FeedTexts.Of(json.Text(), isHtml: false, scope), Rank.Own);
                break;
            case "summary":
                entry.Summary.Offer(json.Later(isHtml: false, scope), Rank.Own);
                break;
            case "content_html":
                entry.Content.Offer(json.Later(isHtml: true, scope), Rank.Own);
                break;
            case "content_text":
                entry.Content.Offer(json.Later(isHtml: false, scope), Rank.Module);
                break;
            case "date_published":
                entry.Published.Offer(entry.Date(json.Text()), Rank.Own);
                break;
            case "date_modified":
                entry.Updated.Offer(entry.Date(json.Text()), Rank.Own);
                break;
            case "image" or "banner_image":
                var rank = json.Name is "image" ? Rank.Own : Rank.Module;
                entry.Image.Offer(Url(ref json, scope) is { } image ? new FeedImage(image) : null, rank);
                break;
            case "tags" when json.IsArray:
                ReadTags(ref json, entry);
                break;
            case "attachments" when json.IsArray:
                ReadAttachments(ref json, entry, scope);
                break;
            case "authors" or "author":
                ReadAuthors(ref json, entry, scope);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private static void ReadHubs(ref JsonWalk json, FeedBuilder feed, XmlScope scope)
    {
        while (json.NextElement())
        {
            var isObject = json.IsObject;
            while (isObject && json.NextMember())
            {
                AddLink(feed, json.Name is "url" ? Url(ref json, scope) : Nothing(ref json), "hub");
            }

            json.Skip();
        }
    }

    private static void ReadTags(ref JsonWalk json, EntryBuilder entry)
    {
        while (json.NextElement())
        {
            entry.AddCategory(json.Text(), null, null);
        }
    }

    private static void ReadAttachments(ref JsonWalk json, EntryBuilder entry, XmlScope scope)
    {
        while (json.NextElement())
        {
            string? url = null, type = null, size = null;
            var isObject = json.IsObject;
            while (isObject && json.NextMember())
            {
                switch (json.Name)
                {
                    case "url":
                        url = Url(ref json, scope);
                        break;
                    case "mime_type":
                        type = json.Text();
                        break;
                    case "size_in_bytes":
                        size = json.Text();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }

            json.Skip();
            entry.AddEnclosure(url, type, size);
        }
    }

    /// <summary>Version 1.1 has a list of authors, version 1 one author; either has been seen under the other's name.</summary>
    private static void ReadAuthors(ref JsonWalk json, ItemBuilder item, XmlScope scope)
    {
        var rank = json.Name is "authors" ? Rank.Own : Rank.Module;
        if (!json.IsArray)
        {
            item.AddAuthor(ReadAuthor(ref json, scope), rank);
            return;
        }

        while (json.NextElement())
        {
            item.AddAuthor(ReadAuthor(ref json, scope), rank);
        }
    }

    private static FeedPerson? ReadAuthor(ref JsonWalk json, XmlScope scope)
    {
        if (!json.IsObject)
        {
            return json.Text() is { } text ? FeedPersons.Parse(text) : null;
        }

        string? name = null, url = null;
        while (json.NextMember())
        {
            switch (json.Name)
            {
                case "name":
                    name = json.Text();
                    break;
                case "url":
                    url = Url(ref json, scope);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return (name ?? url) is null ? null : new FeedPerson(name, null, url);
    }

    private static string? Url(ref JsonWalk json, XmlScope scope) => FeedUrls.ResolveText(scope.Base, json.Text());

    private static string? Nothing(ref JsonWalk json)
    {
        json.Skip();
        return null;
    }

    private static void AddLink(ItemBuilder item, string? href, string rel)
    {
        if (href is not null)
        {
            item.AddLink(new FeedLink(href, rel, null, null, null, null));
        }
    }
}
