using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>Media RSS. Groups and contents nest; what is said within counts for the entry.</summary>
internal static class MediaRss
{
    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "group":
                ReadChildren(element, item);
                break;
            case "content":
                if (item is EntryBuilder contentOf && Url(element) is { } content)
                {
                    contentOf.AddMediaContent(content);
                }

                ReadChildren(element, item);
                break;
            case "thumbnail":
                var thumbnail = Url(element) ?? FeedUrls.ResolveText(element.Scope.Base, FeedTexts.Simple(element));
                if (item is EntryBuilder thumbnailOf && thumbnail is not null)
                {
                    thumbnailOf.AddThumbnail(thumbnail);
                }

                break;
            case "title":
                item.Title.Offer(FeedTexts.Read(element, Habit(element)), Rank.Special);
                break;
            case "description" or "text" when item is EntryBuilder entry:
                entry.Summary.Offer(FeedTexts.Read(element, Habit(element)), Rank.Special);
                break;
            case "category":
                item.AddCategory(FeedTexts.Simple(element), element["scheme"], element["label"]);
                break;
            case "keywords":
                foreach (var word in (FeedTexts.Simple(element) ?? "").Split(',', StringSplitOptions.TrimEntries))
                {
                    item.AddCategory(word, null, null);
                }

                break;
            case "credit" when element["role"] is null or "author":
                item.AddAuthor(FeedPersons.Read(element), Rank.Special);
                break;
            case "license":
                item.License.Offer(element["href"] ?? FeedTexts.Simple(element), Rank.Special);
                break;
        }
    }

    private static void ReadChildren(XmlElement element, ItemBuilder item)
    {
        foreach (var child in element.Elements)
        {
            if (child.Namespace == FeedNamespace.Media)
            {
                Read(child, item);
            }
        }
    }

    private static TextHabit Habit(XmlElement element) => element["type"] == "html" ? TextHabit.Html : TextHabit.Plain;

    private static string? Url(XmlElement element) => FeedUrls.ResolveText(element.Scope.Base, element["url"]);
}
