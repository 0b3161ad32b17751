using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>JSON Feed 1 and 1.1 (jsonfeed.org). A member of an unexpected type is as good as absent.</summary>
internal static class JsonFeed
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The feed; null when the text is no JSON Feed.</summary>
    public static ParsedFeed? Read(ReadOnlyMemory<byte> utf8, XmlScope scope, FeedLimits limits, ProblemLog problems)
    {
        using var document = Parse(utf8) ?? ParseBeginning(utf8, problems);
        return document is null ? null : Read(document.RootElement, scope, new FeedBuilder(problems, limits), limits);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? ParseBeginning(ReadOnlyMemory<byte> utf8, ProblemLog problems)
    {
        var (beginning, length) = BrokenJson.Beginning(utf8.Span);
        problems.At(Encoding.UTF8.GetCharCount(utf8.Span[..length]), FeedProblemKind.BrokenJson);
        return Parse(beginning);
    }

    private static ParsedFeed? Read(JsonElement root, XmlScope scope, FeedBuilder feed, FeedLimits limits)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var part = new JsonPart(root, scope, limits, feed.Problems);
        part = part with { Scope = scope with { Language = part.Text("language") ?? scope.Language } };
        ReadFeed(part, feed);
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                feed.Add(part.At(item), ReadItem);
            }
        }

        var version = part.Text("version");
        var isFirst = version is not null && !version.Contains("1.1", StringComparison.Ordinal);
        return new ParsedFeed(feed, isFirst ? FeedFormat.Json1 : FeedFormat.Json11);
    }

    private static void ReadFeed(JsonPart root, FeedBuilder feed)
    {
        feed.Icon = root.Url("favicon");
        feed.Logo = root.Url("icon");
        feed.Title.Offer(FeedTexts.Of(root.Text("title"), isHtml: false, root.Scope), Rank.Own);
        feed.Description.Offer(FeedTexts.Of(root.Text("description"), isHtml: false, root.Scope), Rank.Own);
        feed.Language.Offer(root.Text("language"), Rank.Own);
        AddLink(feed, root.Url("home_page_url"), "alternate");
        AddLink(feed, root.Url("feed_url"), "self");
        AddLink(feed, root.Url("next_url"), "next");
        foreach (var hub in root.Array("hubs"))
        {
            AddLink(feed, root.At(hub).Url("url"), "hub");
        }

        ReadAuthors(root, feed);
    }

    private static ParsedEntry ReadItem(JsonPart item, ProblemLog problems)
    {
        item = item with { Scope = item.Scope with { Language = item.Text("language") ?? item.Scope.Language } };
        var entry = new EntryBuilder(problems);
        entry.Id.Offer(item.Text("id"), Rank.Own);
        entry.Title.Offer(FeedTexts.Of(item.Text("title"), isHtml: false, item.Scope), Rank.Own);
        entry.Summary.Offer(FeedTexts.Of(item.Text("summary"), isHtml: false, item.Scope), Rank.Own);
        entry.Content.Offer(FeedTexts.Of(item.Text("content_html"), isHtml: true, item.Scope), Rank.Own);
        entry.Content.Offer(FeedTexts.Of(item.Text("content_text"), isHtml: false, item.Scope), Rank.Module);
        entry.Published.Offer(entry.Date(item.Text("date_published")), Rank.Own);
        entry.Updated.Offer(entry.Date(item.Text("date_modified")), Rank.Own);
        entry.Language.Offer(item.Scope.Language, Rank.Own);
        AddLink(entry, item.Url("url") ?? item.Url("external_url"), "alternate");
        entry.Image.Offer(item.Url("image") is { } image ? new FeedImage(image) : null, Rank.Own);
        entry.Image.Offer(item.Url("banner_image") is { } banner ? new FeedImage(banner) : null, Rank.Module);
        ReadAuthors(item, entry);
        foreach (var tag in item.Array("tags"))
        {
            entry.AddCategory(item.At(tag).String(), null, null);
        }

        foreach (var element in item.Array("attachments"))
        {
            var attachment = item.At(element);
            entry.AddEnclosure(attachment.Url("url"), attachment.Text("mime_type"), attachment.Text("size_in_bytes"));
        }

        return new ParsedEntry(entry);
    }

    private static void ReadAuthors(JsonPart part, ItemBuilder item)
    {
        foreach (var author in part.Array("authors"))
        {
            item.AddAuthor(Author(part.At(author)), Rank.Own);
        }

        if (part.Element.TryGetProperty("author", out var only) || part.Element.TryGetProperty("authors", out only))
        {
            item.AddAuthor(Author(part.At(only)), Rank.Module);
        }
    }

    private static FeedPerson? Author(JsonPart author)
    {
        if (author.String() is { } text)
        {
            return FeedPersons.Parse(text);
        }

        var (name, url) = (author.Text("name"), author.Url("url"));
        return (name ?? url) is null ? null : new FeedPerson(name, null, url);
    }

    private static void AddLink(ItemBuilder item, string? href, string rel)
    {
        if (href is not null)
        {
            item.AddLink(new FeedLink(href, rel, null, null, null, null));
        }
    }
}

/// <summary>A part of a JSON Feed, and what it inherits.</summary>
internal readonly record struct JsonPart(JsonElement Element, XmlScope Scope, FeedLimits Limits, ProblemLog Problems)
{
    public JsonPart At(JsonElement element) => this with { Element = element };

    /// <summary>The text of a member, trimmed; null when absent or empty.</summary>
    public string? Text(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? At(value).Scalar() : null;

    public string? Url(string name) => FeedUrls.ResolveText(Scope.Base, Text(name));

    public JsonElement.ArrayEnumerator Array(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : default;

    /// <summary>The part itself when it is a text that is not empty.</summary>
    public string? String() => Element.ValueKind == JsonValueKind.String ? Scalar() : null;

    private string? Scalar()
    {
        var text = Element.ValueKind switch
        {
            JsonValueKind.String => Bounded(Unescaped()),
            // Feeds number their items and give sizes as fractions now and then.
            JsonValueKind.Number => Element.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Element.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }

    private string Unescaped()
    {
        try
        {
            return Element.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            // The string holds half of a surrogate pair and cannot be read.
            Problems.Note(FeedProblemKind.BrokenJson);
            return "";
        }
    }

    private string Bounded(string text)
    {
        if (text.Length <= Limits.MaxTextLength)
        {
            return text;
        }

        Problems.Note(FeedProblemKind.TextTooLong);
        return text[..Limits.MaxTextLength];
    }
}
