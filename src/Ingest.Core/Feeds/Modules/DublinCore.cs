using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>Dublin Core elements and terms.</summary>
internal static class DublinCore
{
    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "title":
                item.Title.Offer(FeedTexts.Read(element, TextHabit.Guess), Rank.Module);
                break;
            case "creator" or "author":
                item.AddAuthor(FeedPersons.Read(element), Rank.Module);
                break;
            case "contributor" when FeedPersons.Read(element) is { } person:
                item.AddContributor(person);
                break;
            case "publisher":
                item.Publisher.Offer(FeedPersons.Read(element), Rank.Module);
                break;
            case "subject":
                item.AddCategory(FeedTexts.Simple(element), null, null);
                break;
            case "rights":
                item.Rights.Offer(FeedTexts.Read(element, TextHabit.Guess), Rank.Module);
                break;
            case "language":
                item.Language.Offer(FeedTexts.Simple(element), Rank.Module);
                break;
            case "description" or "abstract" when item is EntryBuilder entry:
                entry.Summary.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Module);
                break;
            case "description" or "abstract" when item is FeedBuilder feed:
                feed.Description.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Module);
                break;
            case "date" or "issued" or "modified" or "created" or "valid":
                ReadDate(element, item);
                break;
        }
    }

    private static void ReadDate(XmlElement element, ItemBuilder item)
    {
        var text = FeedTexts.Simple(element);
        switch (element.Name)
        {
            case "issued":
                item.Published.Offer(item.Date(text), Rank.Module);
                break;
            case "date":
                item.Published.Offer(item.Date(text), Rank.Special);
                break;
            case "modified":
                item.Updated.Offer(item.Date(text), Rank.Module);
                break;
            case "created":
                item.Created.Offer(item.Date(text), Rank.Module);
                break;
            case "valid" when text is not null:
                item.Expired.Offer(item.Date(EndOfPeriod(text)), Rank.Module);
                break;
        }
    }

    /// <summary>The end of a DCMI period, "start=…;end=…;scheme=…".</summary>
    private static string? EndOfPeriod(string text)
    {
        const string End = "end=";
        var part = text.Split(';').Select(p => p.Trim()).FirstOrDefault(p => p.StartsWith(End, StringComparison.OrdinalIgnoreCase));
        return part?[End.Length..];
    }
}
