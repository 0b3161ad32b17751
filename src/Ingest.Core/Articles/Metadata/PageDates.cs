using System.Globalization;
using Ingest.Core.Feeds;

namespace Ingest.Core.Articles.Metadata;

/// <summary>
/// Dates as pages write them into attributes and JSON: ISO 8601 in its many spellings, numbers of seconds, and everything that people
/// write. The offset stays as written; without a zone they are read as UTC. A time of day, a month or a year alone is no date.
/// </summary>
internal static class PageDates
{
    private const int LongestDate = 100;

    // The common ones first: each takes its time.
    private static readonly string[] Formats =
    [
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:sszzz",
        "yyyyMMdd", "yyyyMMddTHHmm", "yyyyMMddTHHmmss", "yyyyMMddTHHmmssK", "yyyyMMddHHmmss", "yyyyMMddHHmm",
    ];

    public static DateTimeOffset? Parse(string? text, DayOrder order = DayOrder.Unknown)
    {
        var value = text.AsSpan().Trim();
        if (value.Length is < 6 or > LongestDate || !DateScan.HasDigit(value))
            return null;
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        var found = DateTimeOffset.TryParseExact(value, Formats, CultureInfo.InvariantCulture, Style, out var date) ? date
            : DateText.Find(value, order)?.Instant ?? (value.Length > 8 ? FeedDates.Parse(value.ToString()) : null);
        return found?.Year is > 1900 and < 2200 ? found : null;
    }
}
