namespace Ingest.Core.Feeds.Dates;

/// <summary>The two forms that nearly all dates of feeds have, read letter by letter: RFC 3339 and RFC 822 with four digits of year. All else is <see cref="DateReading"/>'s.</summary>
internal static class UsualForms
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>The instant; null when the text is of neither form, or no date.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text) =>
        text.Length < 20 ? null
        : text[4] == '-' ? Rfc3339(text)
        : text[3] == ',' && text[4] == ' ' ? Rfc822(text[5..]) : null;

    /// <summary>2026-02-03T09:05:00Z, with a fraction or an offset.</summary>
    private static DateTimeOffset? Rfc3339(ReadOnlySpan<char> text)
    {
        if (text[7] != '-' || text[10] != 'T')
        {
            return null;
        }

        var zone = text[19..];
        if (zone[0] == '.')
        {
            // The fraction is left out: nothing that is compared with it is more exact than a second.
            var end = zone[1..].IndexOfAnyExceptInRange('0', '9');
            zone = end <= 0 ? [] : zone[(end + 1)..];
        }

        return Instant(Number(text[..4]), Number(text[5..7]), Number(text[8..10]), text[11..19], zone is [var sign, _, _, ':', _, _] ? [sign, zone[1], zone[2], zone[4], zone[5]] : zone);
    }

    /// <summary>03 Feb 2026 09:05:00 +0100, after the day of the week.</summary>
    private static DateTimeOffset? Rfc822(ReadOnlySpan<char> text)
    {
        var day = text[1] == ' ' ? 1 : 2;
        var rest = text[day..];
        if (rest.Length < 19 || rest[0] != ' ' || rest[4] != ' ' || rest[9] != ' ' || rest[18] != ' ')
        {
            return null;
        }

        var month = Months.AsSpan().IndexOf(rest[1..4]);
        return month % 3 != 0 ? null : Instant(Number(rest[5..9]), (month / 3) + 1, Number(text[..day]), rest[10..18], rest[19..]);
    }

    private static DateTimeOffset? Instant(int year, int month, int day, ReadOnlySpan<char> time, ReadOnlySpan<char> zone)
    {
        var (hour, minute, second) = (Number(time[..2]), Number(time[3..5]), Number(time[6..]));
        var isTime = time[2] == ':' && time[5] == ':' && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60;
        var isDate = FeedDates.IsPlausible(year) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return isTime && isDate && Offset(zone) is { } minutes
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddMinutes(-minutes)
            : null;
    }

    private static int? Offset(ReadOnlySpan<char> zone)
    {
        if (zone is "Z" or "GMT" or "UT" or "UTC")
        {
            return 0;
        }

        if (zone is not ['+' or '-', _, _, _, _] || Number(zone[1..3]) is not (>= 0 and < 14 and var hours) || Number(zone[3..]) is not (>= 0 and < 60 and var minutes))
        {
            return null;
        }

        return ((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1);
    }

    /// <summary>-1 when it is not all digits.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
