using System.Globalization;
using Ingest.Core.Feeds.Dates;

namespace Ingest.Core.Feeds;

/// <summary>
/// Reads the dates that feeds write: RFC 3339 and W3CDTF, RFC 822 and its many relatives, numbers of seconds, and dates in words of a
/// dozen languages. A date that can be read in two ways is not read: a wrong instant is worse than none.
/// </summary>
public static class FeedDates
{
    private const int LongestDate = 100;

    /// <summary>The instant; null when there is none to read. A time without a zone is taken for UTC, a date without a time for its midnight.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestDate)
        {
            return null;
        }

        text = text.Trim();
        return Compact(text) ?? DateReading.Of(text);
    }

    /// <summary>Forms that are digits only, whole or in front: seconds since 1970, 20040131, 20040131T235959Z, 2004.</summary>
    private static DateTimeOffset? Compact(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        if (digits == text.Length)
        {
            return digits switch
            {
                10 => DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture)),
                13 => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)),
                14 => Exact(text, "yyyyMMddHHmmss"),
                8 => Exact(text, "yyyyMMdd"),
                6 => Exact(text, "yyyyMM"),
                4 => Exact(text, "yyyy"),
                _ => null,
            };
        }

        return digits == 8 && text[8] is 'T' or 't' or ' ' ? Exact(text, "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmK", "yyyyMMdd'T'HHmmss.FFFK", "yyyyMMdd HHmmssK", "yyyyMMdd'T'HH:mm:ssK") : null;
    }

    private static DateTimeOffset? Exact(string text, params string[] forms)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, Styles, out var date) && IsPlausible(date.Year) ? date : null;
    }

    internal static bool IsPlausible(int year) => year is >= 1900 and <= 2200;
}
