using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>iTunes' words for podcasts, and Google Play's copies of them.</summary>
internal static class ITunes
{
    private const int MostKeywords = 100;
    private const string CategoryScheme = "http://www.itunes.com/";

    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "author":
                item.AddAuthor(FeedPersons.Read(element), Rank.Special);
                break;
            case "owner":
                item.Publisher.Offer(FeedPersons.Read(element), Rank.Special);
                break;
            case "category":
                ReadCategory(element, item);
                break;
            case "keywords":
                ReadKeywords(element, item);
                break;
            case "image":
                OfferImage(element, item);
                break;
            case "link":
                FeedLinks.Read(element, item);
                break;
            case "title":
                item.Title.Offer(FeedTexts.Read(element, TextHabit.Plain), Rank.Special);
                break;
            case "new-feed-url" when item is FeedBuilder feed:
                feed.NewLocation ??= FeedTexts.Simple(element);
                break;
            case "subtitle" or "summary" or "description":
                ReadText(element, item);
                break;
            case "block" or "explicit" or "duration" or "episode" or "season" or "episodetype":
                ReadFact(element, item);
                break;
        }
    }

    private static void ReadText(XmlElement element, ItemBuilder item)
    {
        var isSubtitle = element.Name == "subtitle";
        var text = FeedTexts.Read(element, isSubtitle ? TextHabit.Plain : TextHabit.Html);
        if (item is FeedBuilder feed)
        {
            feed.Description.Offer(text, isSubtitle ? Rank.Fallback : Rank.Special);
        }
        else if (item is EntryBuilder entry && isSubtitle)
        {
            entry.Subtitle.Offer(text, Rank.Own);
        }
        else if (item is EntryBuilder other)
        {
            other.Summary.Offer(text, Rank.Special);
        }
    }

    private static void ReadFact(XmlElement element, ItemBuilder item)
    {
        var facts = item.Podcast ?? new FeedPodcast(null, null, null, null, null);
        var text = FeedTexts.Simple(element);
        item.Podcast = element.Name switch
        {
            "block" => facts with { Block = facts.Block ?? text?.ToLowerInvariant() == "yes" },
            "explicit" => facts with { Explicit = facts.Explicit ?? Explicit(text) },
            "duration" => facts with { Duration = facts.Duration ?? text },
            "episodetype" => facts with { EpisodeType = facts.EpisodeType ?? text },
            "episode" => facts with { Episode = facts.Episode ?? text },
            _ => facts with { Season = facts.Season ?? text },
        };
    }

    private static bool? Explicit(string? text) => text?.ToLowerInvariant() switch
    {
        "yes" or "true" or "explicit" => true,
        "no" or "false" or "clean" => false,
        _ => null,
    };

    private static void ReadCategory(XmlElement element, ItemBuilder item)
    {
        item.AddCategory(element["text"] ?? (element.HasElements ? null : FeedTexts.Simple(element)), CategoryScheme, null);
        foreach (var child in element.Elements)
        {
            if (child.Name == "category")
            {
                ReadCategory(child, item);
            }
        }
    }

    private static void ReadKeywords(XmlElement element, ItemBuilder item)
    {
        var text = FeedTexts.Simple(element) ?? "";
        foreach (var word in text.Split(text.Contains(',', StringComparison.Ordinal) ? ',' : ' ', MostKeywords, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!item.Categories.Any(c => c.Term.Equals(word, StringComparison.OrdinalIgnoreCase)))
            {
                item.AddCategory(word, CategoryScheme, null);
            }
        }
    }

    private static void OfferImage(XmlElement element, ItemBuilder item)
    {
        if (FeedUrls.ResolveText(element.Scope.Base, element["href"] ?? element["url"]) is { } url)
        {
            item.Image.Offer(new FeedImage(url), Rank.Special);
        }
    }
}
