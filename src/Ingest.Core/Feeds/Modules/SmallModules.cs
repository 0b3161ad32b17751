using System.Globalization;
using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>Vocabularies of a word or two.</summary>
internal static class SmallModules
{
    public static void Read(XmlElement element, ItemBuilder item)
    {
        switch (element.Namespace, element.Name)
        {
            case (FeedNamespace.CreativeCommons, "license"):
                item.License.Offer(element.Attribute(FeedNamespace.Rdf, "resource") ?? FeedTexts.Simple(element), Rank.Module);
                break;
            case (FeedNamespace.Admin, "generatoragent") when item is FeedBuilder feed:
                var agent = element.Attribute(FeedNamespace.Rdf, "resource") ?? FeedTexts.Simple(element);
                feed.Generator.Offer(agent is null ? null : new FeedGenerator(agent, agent, null), Rank.Module);
                break;
            case (FeedNamespace.Podcast, _):
                Podcasting.Read(element, item);
                break;
            case (FeedNamespace.Syndication, _) when item is FeedBuilder feed:
                feed.Timetable.ReadModule(element);
                break;
            default:
                if (item is EntryBuilder entry)
                {
                    ReadEntry(element, entry);
                }

                break;
        }
    }

    private static void ReadEntry(XmlElement element, EntryBuilder entry)
    {
        switch (element.Namespace, element.Name)
        {
            case (FeedNamespace.Content, "encoded"):
                entry.Content.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Own);
                break;
            case (FeedNamespace.Xhtml, "body"):
                entry.Content.Offer(FeedTexts.Read(element, TextHabit.Html), Rank.Own);
                break;
            case (FeedNamespace.CommentApi, "comment"):
                entry.CommentApi ??= Address(element);
                break;
            case (FeedNamespace.CommentApi, "commentrss"):
                entry.CommentFeed ??= Address(element);
                break;
            case (FeedNamespace.FeedBurner, "origlink"):
                entry.OriginalLink ??= FeedUrls.Resolve(element.Scope.Base, FeedTexts.Simple(element));
                break;
            case (FeedNamespace.FeedBurner, "origenclosurelink"):
                entry.OriginalEnclosure ??= Address(element);
                break;
            case (FeedNamespace.Slash, "comments") or (FeedNamespace.Threading, "total"):
                entry.CommentCount ??= int.TryParse(FeedTexts.Simple(element), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
                break;
            case (FeedNamespace.Threading, "in-reply-to"):
                entry.InReplyTo ??= new FeedReply(element["ref"], FeedUrls.ResolveText(element.Scope.Base, element["href"]), element["type"], FeedUrls.ResolveText(element.Scope.Base, element["source"]));
                break;
            case (FeedNamespace.Podlove, "chapters"):
                ReadChapters(element, entry);
                break;
        }
    }

    private static void ReadChapters(XmlElement element, EntryBuilder entry)
    {
        foreach (var chapter in element.Elements)
        {
            if (chapter.Name == "chapter" && Clock(chapter["start"]) is { } start)
            {
                entry.AddChapter(new FeedChapter(chapter["title"], start, FeedUrls.ResolveText(chapter.Scope.Base, chapter["image"])));
            }
        }
    }

    /// <summary>A normal play time: seconds, or hours and minutes before them, each after a colon.</summary>
    private static TimeSpan? Clock(string? text)
    {
        var seconds = 0.0;
        foreach (var part in (text ?? "-").Split(':'))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000)
            {
                return null;
            }

            seconds = (seconds * 60) + number;
        }

        return seconds < 100_000_000 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static string? Address(XmlElement element) => FeedUrls.ResolveText(element.Scope.Base, FeedTexts.Simple(element));
}
