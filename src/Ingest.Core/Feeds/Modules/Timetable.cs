using System.Globalization;
using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Modules;

/// <summary>Gathers what a channel says of its times: RSS's ttl, skipHours and skipDays, and the syndication module.</summary>
internal sealed class Timetable
{
    /// <summary>As in dates: what is longer means "never", and nobody waits so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private TimeSpan? _period;
    private int? _frequency;
    private int _skipHours;
    private int _skipDays;

    /// <summary>True when the element is one of RSS's.</summary>
    public bool Read(XmlElement element)
    {
        switch (element.Name)
        {
            case "skiphours":
                foreach (var hour in element.Elements)
                {
                    // RSS 0.91 counts from 1 to 24, its successors from 0 to 23.
                    _skipHours |= Number(hour) is >= 0 and <= 24 and var number ? 1 << (number % 24) : 0;
                }

                return true;
            case "skipdays":
                foreach (var day in element.Elements)
                {
                    var name = FeedTexts.Simple(day) ?? "";
                    var index = Array.FindIndex(Days, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
                    _skipDays |= index < 0 ? 0 : 1 << index;
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>The syndication module's words. Its updateBase is not read: a feed that changes at known minutes shows it by its entries.</summary>
    public void ReadModule(XmlElement element)
    {
        switch (element.Name)
        {
            case "updateperiod":
                _period ??= Period(FeedTexts.Simple(element));
                break;
            case "updatefrequency":
                _frequency ??= Number(element) is > 0 and var times ? times : null;
                break;
        }
    }

    /// <param name="ttl">Minutes, as the feed gives them.</param>
    public FeedSchedule Build(string? ttl)
    {
        var minutes = Number(ttl);
        var isSaid = _period is not null || _frequency is not null;
        return new FeedSchedule(
            minutes is > 0 ? Min(TimeSpan.FromMinutes(minutes.Value), Longest) : null,
            isSaid ? (_period ?? TimeSpan.FromDays(1)) / (_frequency ?? 1) : null, _skipHours, _skipDays);
    }

    private static TimeSpan? Period(string? name) => name?.ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => null,
    };

    private static int? Number(XmlElement element) => Number(FeedTexts.Simple(element));

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
