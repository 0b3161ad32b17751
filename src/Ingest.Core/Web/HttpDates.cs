using System.Globalization;

namespace Ingest.Core.Web;

/// <summary>Dates and delays of HTTP headers (RFC 9110, sections 5.6.7 and 10.2.3).</summary>
public static class HttpDates
{
    /// <summary>The preferred form, then the two that a recipient must still read.</summary>
    private static readonly string[] Forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>An HTTP-date; null when the value is none. A weekday that does not fit its date is forgiven.</summary>
    public static DateTimeOffset? Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParseExact(value.Trim(), Forms, CultureInfo.InvariantCulture, Styles, out var exact)
            ? exact
            : Feeds.FeedDates.Parse(value);
    }

    /// <summary>How long a Retry-After header asks to wait, counted from <paramref name="now"/>; zero when that has passed, null when the value cannot be read.</summary>
    public static TimeSpan? RetryAfter(string? value, DateTimeOffset now)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (value.All(char.IsAsciiDigit))
        {
            // More seconds than fit an int is a way of saying "never"; so is int.MaxValue, and it cannot overflow.
            var seconds = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var some) ? some : int.MaxValue;
            return TimeSpan.FromSeconds(seconds);
        }

        return Parse(value) is { } until ? TimeSpan.FromTicks(Math.Max(0, (until - now).Ticks)) : null;
    }
}
