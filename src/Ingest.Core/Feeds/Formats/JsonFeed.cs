using System.Globalization;
using System.Text.Json;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>JSON Feed 1 and 1.1 (jsonfeed.org). A member of an unexpected type is as good as absent.</summary>
internal static class JsonFeed
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The feed; null when the text is no JSON Feed.</summary>
    public static ParsedFeed? Read(string text, string encoding, bool malformed, XmlScope scope, FeedLimits limits)
    {
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory().TrimStart('\uFEFF'), Lenient);
            return Read(document.RootElement, encoding, malformed, scope, limits);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string holds half of a surrogate pair and cannot be read.
            return null;
        }
    }

    private static ParsedFeed? Read(JsonElement root, string encoding, bool malformed, XmlScope scope, FeedLimits limits)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var version = Text(root, "version");
        var language = Text(root, "language");
        scope = scope with { Language = language ?? scope.Language };
        var feed = ReadFeed(root, scope);
        foreach (var item in items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Take(limits.MaxEntries))
        {
            feed.Entries.Add(ReadItem(item, scope));
        }

        var isFirst = version is not null && !version.Contains("1.1", StringComparison.Ordinal);
        return feed.Build(isFirst ? FeedFormat.Json1 : FeedFormat.Json11, encoding, malformed);
    }

    private static FeedBuilder ReadFeed(JsonElement root, XmlScope scope)
    {
        var feed = new FeedBuilder
        {
            Icon = Url(root, "favicon", scope),
            Logo = Url(root, "icon", scope),
        };
        feed.Title.Offer(FeedTexts.Of(Text(root, "title"), isHtml: false, scope), Rank.Own);
        feed.Description.Offer(FeedTexts.Of(Text(root, "description"), isHtml: false, scope), Rank.Own);
        feed.Language.Offer(Text(root, "language"), Rank.Own);
        AddLink(feed, Url(root, "home_page_url", scope), "alternate");
        AddLink(feed, Url(root, "feed_url", scope), "self");
        AddLink(feed, Url(root, "next_url", scope), "next");
        ReadAuthors(root, feed, scope);
        return feed;
    }

    private static ParsedEntry ReadItem(JsonElement item, XmlScope scope)
    {
        scope = scope with { Language = Text(item, "language") ?? scope.Language };
        var entry = new EntryBuilder();
        entry.Id.Offer(Text(item, "id"), Rank.Own);
        entry.Title.Offer(FeedTexts.Of(Text(item, "title"), isHtml: false, scope), Rank.Own);
        entry.Summary.Offer(FeedTexts.Of(Text(item, "summary"), isHtml: false, scope), Rank.Own);
        entry.Content.Offer(FeedTexts.Of(Text(item, "content_html"), isHtml: true, scope), Rank.Own);
        entry.Content.Offer(FeedTexts.Of(Text(item, "content_text"), isHtml: false, scope), Rank.Module);
        entry.Published.Offer(FeedDates.Parse(Text(item, "date_published")), Rank.Own);
        entry.Updated.Offer(FeedDates.Parse(Text(item, "date_modified")), Rank.Own);
        entry.Language.Offer(scope.Language, Rank.Own);
        AddLink(entry, Url(item, "url", scope) ?? Url(item, "external_url", scope), "alternate");
        entry.Image.Offer(Url(item, "image", scope) is { } image ? new FeedImage(image) : null, Rank.Own);
        entry.Image.Offer(Url(item, "banner_image", scope) is { } banner ? new FeedImage(banner) : null, Rank.Module);
        ReadAuthors(item, entry, scope);
        foreach (var tag in Array(item, "tags"))
        {
            entry.AddCategory(tag.ValueKind == JsonValueKind.String ? tag.GetString()!.Trim() : null, null, null);
        }

        foreach (var attachment in Array(item, "attachments"))
        {
            entry.AddEnclosure(Url(attachment, "url", scope), Text(attachment, "mime_type"), Text(attachment, "size_in_bytes"));
        }

        return entry.Build();
    }

    private static void ReadAuthors(JsonElement from, ItemBuilder item, XmlScope scope)
    {
        foreach (var author in Array(from, "authors"))
        {
            item.AddAuthor(Author(author, scope), Rank.Own);
        }

        if (from.TryGetProperty("author", out var only) || from.TryGetProperty("authors", out only))
        {
            item.AddAuthor(Author(only, scope), Rank.Module);
        }
    }

    private static FeedPerson? Author(JsonElement author, XmlScope scope)
    {
        if (author.ValueKind == JsonValueKind.String)
        {
            return FeedPersons.Parse(author.GetString()!.Trim());
        }

        var (name, url) = (Text(author, "name"), Url(author, "url", scope));
        return (name ?? url) is null ? null : new FeedPerson(name, null, url);
    }

    private static void AddLink(ItemBuilder item, string? href, string rel)
    {
        if (href is not null)
        {
            item.Links.Add(new FeedLink(href, rel, null, null, null, null));
        }
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : default;

    private static string? Url(JsonElement from, string name, XmlScope scope) => FeedUrls.ResolveText(scope.Base, Text(from, name));

    private static string? Text(JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            // Feeds number their items and give sizes as fractions now and then.
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }
}
