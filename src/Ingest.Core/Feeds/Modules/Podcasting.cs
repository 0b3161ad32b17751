using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>The words of the podcast namespace (podcastindex.org) that say more than iTunes' do.</summary>
internal static class Podcasting
{
    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Name)
        {
            case "person" when element["role"] is null or "host":
                item.AddAuthor(Person(element), Rank.Special);
                break;
            case "person" when Person(element) is { } guest:
                item.AddContributor(guest);
                break;
            case "season":
                item.Podcast = Facts(item) with { Season = Facts(item).Season ?? FeedTexts.Simple(element) };
                break;
            case "episode":
                item.Podcast = Facts(item) with { Episode = Facts(item).Episode ?? FeedTexts.Simple(element) };
                break;
            case "transcript":
                item.Podcast = Facts(item) with { Transcript = Facts(item).Transcript ?? FeedUrls.ResolveText(element.Scope.Base, element["url"]) };
                break;
            case "chapters":
                item.Podcast = Facts(item) with { Chapters = Facts(item).Chapters ?? FeedUrls.ResolveText(element.Scope.Base, element["url"]) };
                break;
        }
    }

    private static FeedPodcast Facts(ItemBuilder item) => item.Podcast ?? new FeedPodcast(null, null, null, null, null);

    private static FeedPerson? Person(XmlElement element) =>
        FeedTexts.Simple(element) is { } name ? new FeedPerson(name, null, FeedUrls.ResolveText(element.Scope.Base, element["href"])) : null;
}
