using System.Globalization;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>What a feed says of when it changes.</summary>
internal static class FeedSchedules
{
    /// <summary>RSS's skipHours and skipDays.</summary>
    public static void ReadSkipped(XmlElement element, FeedBuilder feed)
    {
        var schedule = feed.Schedule ?? FeedSchedule.None;
        feed.Schedule = element.Name == "skiphours"
            ? schedule with { SkipHours = [.. schedule.SkipHours.Union(Texts(element, "hour").Select(Hour).OfType<int>())] }
            : schedule with { SkipDays = [.. schedule.SkipDays.Union(Texts(element, "day").Select(Day).OfType<DayOfWeek>())] };
    }

    /// <summary>The syndication module (web.resource.org/rss/1.0/modules/syndication).</summary>
    public static void ReadModule(XmlElement element, FeedBuilder feed)
    {
        var schedule = feed.Schedule ?? FeedSchedule.None;
        var text = FeedTexts.Simple(element)?.ToLowerInvariant();
        feed.Schedule = element.Name switch
        {
            "updateperiod" when text is "hourly" or "daily" or "weekly" or "monthly" or "yearly" => schedule with { Period = text },
            "updatefrequency" when Number(text) is > 0 and var often => schedule with { Frequency = often },
            _ => feed.Schedule,
        };
    }

    private static List<string> Texts(XmlElement element, string name)
    {
        var texts = new List<string>();
        foreach (var child in element.Elements)
        {
            if (child.Name == name && FeedTexts.Simple(child) is { } text && texts.Count < 24)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>RSS 2.0 counts from 0 to 23; 0.91's hours went from 1 to 24, midnight being the last.</summary>
    private static int? Hour(string text) => Number(text) is >= 0 and <= 24 and var hour ? hour % 24 : null;

    private static DayOfWeek? Day(string text) => Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day) && !char.IsAsciiDigit(text[0]) ? day : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
