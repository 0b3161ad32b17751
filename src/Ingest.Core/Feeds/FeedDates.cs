using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Core.Feeds.Dates;

namespace Ingest.Core.Feeds;

/// <summary>
/// Reads the dates that feeds write: RFC 3339 and W3CDTF, ISO weeks and days of the year, RFC 822 and its many relatives, numbers of seconds, and dates in words of some
/// forty languages. A date that can be read in two ways is not read: a wrong instant is worse than none.
/// </summary>
public static partial class FeedDates
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
        return UsualForms.Parse(text) ?? Compact(text) ?? DateReading.Of(text);
    }

    internal static bool IsPlausible(int year) => year is >= 1900 and <= 2200;

    /// <summary>Forms that are digits only, whole or in front: seconds since 1970, 20040131, 20040131T235959Z, 2004, 2004031, 2004-W05-6.</summary>
    private static DateTimeOffset? Compact(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        if (digits == text.Length)
        {
            return Digits(text);
        }

        return (digits, text[digits]) switch
        {
            (4, '-' or 'W' or 'w') when Week().Match(text) is { Success: true } week => InWeek(week),
            (7, 'T' or 't') when Ordinal(text[..7]) is { } day => DateReading.Of(string.Concat(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text[7..])),
            (8, 'T' or 't' or ' ') => Exact(text, "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmK", "yyyyMMdd'T'HHmmss.FFFK", "yyyyMMdd HHmmssK", "yyyyMMdd'T'HH:mm:ssK"),
            (10, '.') when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) => SinceEpoch((long)(seconds * 1000)),
            _ => null,
        };
    }

    private static DateTimeOffset? Digits(string text) => text.Length switch
    {
        10 => SinceEpoch(long.Parse(text, CultureInfo.InvariantCulture) * 1000),
        13 => SinceEpoch(long.Parse(text, CultureInfo.InvariantCulture)),
        14 => Exact(text, "yyyyMMddHHmmss"),
        8 => Exact(text, "yyyyMMdd"),
        7 => Ordinal(text),
        6 => Exact(text, "yyyyMM"),
        4 => Exact(text, "yyyy"),
        _ => null,
    };

    /// <summary>Ten digits of seconds begin in 2001; what is less is no time but a number.</summary>
    private static DateTimeOffset? SinceEpoch(long milliseconds) =>
        milliseconds >= 1_000_000_000_000 && DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) is var date && IsPlausible(date.Year) ? date : null;

    private static DateTimeOffset? Exact(string text, params string[] forms)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, Styles, out var date) && IsPlausible(date.Year) ? date : null;
    }

    /// <summary>A year and a day of it, without a sign between them.</summary>
    private static DateTimeOffset? Ordinal(string text)
    {
        var (year, day) = (int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(4), CultureInfo.InvariantCulture));
        return IsPlausible(year) && day >= 1 && day <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1) : null;
    }

    /// <summary>A week of a year (ISO 8601) and a day of it, Monday where none is named; a time may follow.</summary>
    private static DateTimeOffset? InWeek(Match match)
    {
        var (year, week) = (Number(match, "year"), Number(match, "week"));
        if (!IsPlausible(year) || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            return null;
        }

        var day = match.Groups["day"].Success ? (DayOfWeek)(Number(match, "day") % 7) : DayOfWeek.Monday;
        var date = ISOWeek.ToDateTime(year, week, day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return DateReading.Of(string.Concat(date, match.Groups["time"].ValueSpan));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<year>[0-9]{4})-?[Ww](?<week>[0-9]{2})(?:-?(?<day>[1-7]))?(?<time>[Tt ][0-9].*)?$")]
    private static partial Regex Week();
}
