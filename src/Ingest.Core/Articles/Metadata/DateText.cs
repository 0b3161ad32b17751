namespace Ingest.Core.Articles.Metadata;

/// <summary>Which of two small numbers between slashes is the day.</summary>
internal enum DayOrder
{
    /// <summary>Nothing tells: 3/4/2021 is no date.</summary>
    Unknown,
    DayFirst,
    MonthFirst,
}

/// <summary>A date found in a text, and where it stood there.</summary>
/// <param name="Instant">A time without a zone is taken for UTC, a date without a time for its midnight.</param>
/// <param name="Start">First character of the date.</param>
/// <param name="End">After the last character of the date and of the time behind it.</param>
/// <param name="HasTime">A time of day stood behind the date.</param>
/// <param name="IsNamed">The month was a word, so that nothing could be exchanged.</param>
internal readonly record struct FoundDate(DateTimeOffset Instant, int Start, int End, bool HasTime, bool IsNamed);

/// <summary>
/// Finds dates as pages write them for people: day, month and year, in numbers or with the month's name in the languages of
/// <see cref="MonthNames"/>. A year or a month alone, a weekday and "three hours ago" are no dates.
/// </summary>
internal static class DateText
{
    private const int LongestText = 240;

    // No page of news is older than the web; a smaller number is a price or a score.
    private const int FirstYear = 1990;
    private const int LastYear = 2099;

    /// <summary>The first date in the text; null when there is none.</summary>
    public static FoundDate? Find(ReadOnlySpan<char> text, DayOrder order)
    {
        if (text.Length > LongestText)
            text = text[..LongestText];
        if (!DateScan.HasDigit(text))
            return null;
        var scan = new DateScan(text, stackalloc DateScanToken[text.Length]);
        for (var at = 0; at < scan.Count; at++)
            if (DateAt(scan, at, order, out var next) is { } date)
                return WithTime(scan, at, next, date);
        return null;
    }

    private static DateTime? DateAt(DateScan scan, int at, DayOrder order, out int next)
    {
        next = at;
        var token = scan[at];
        if (token.IsNumber)
            return token.Digits == 4 ? YearFirst(scan, at, out next) : token.Digits <= 2 ? DayFirst(scan, at, order, out next) : null;
        return token.IsWord && scan.MonthAt(at) is { } month ? MonthFirst(scan, at, month, out next) : null;
    }

    // 2021-03-15, 2021/3/15, 2021. 3. 15., 2021年3月15日, 2021 march 15
    private static DateTime? YearFirst(DateScan scan, int at, out int next)
    {
        next = at + 5;
        var (year, sign, second) = (scan[at].Number, scan[at + 1], scan[at + 2]);
        if (IsDateSign(sign) && second.IsSmall && scan[at + 3].Sign == sign.Sign && scan[at + 4].IsSmall)
            return Day(year, second.Number, scan[at + 4].Number);
        if (scan.StartsWith(at + 1, '年', '년') && second.IsSmall && scan.StartsWith(at + 3, '月', '월') && scan[at + 4].IsSmall && scan.StartsWith(at + 5, '日', '일'))
        {
            next = at + 6;
            return Day(year, second.Number, scan[at + 4].Number);
        }
        var word = sign.Sign is '.' or '-' or ',' ? at + 2 : at + 1;
        if (scan.MonthAt(word) is not { } month)
            return null;
        var day = scan[word + 1].Sign is '.' or '-' ? word + 2 : word + 1;
        next = day + 1;
        return scan[day].IsSmall ? Day(year, month, scan[day].Number) : null;
    }

    // 15.3.2021, 15/03/21, 15 March 2021, 15. März 2021, 15 de marzo de 2021, 15th of March, 2021
    private static DateTime? DayFirst(DateScan scan, int at, DayOrder order, out int next)
    {
        next = at + 5;
        var (first, sign, second) = (scan[at], scan[at + 1], scan[at + 2]);
        if (IsDateSign(sign) && second.IsSmall && scan[at + 3].Sign == sign.Sign && Year(scan, at + 4) is { } year)
            return InNumbers(first.Number, second.Number, year, sign.Sign, order);
        var word = scan.Skip(at + 1, DateWordsBetween.BeforeMonth, 3);
        if (scan.MonthAt(word) is not { } month)
            return null;
        var last = scan.Skip(word + 1, DateWordsBetween.BeforeYear, 3);
        next = last + 1;
        return Year(scan, last) is { } named ? Day(named, month, first.Number) : null;
    }

    // March 15, 2021; Mar. 15th 2021
    private static DateTime? MonthFirst(DateScan scan, int at, int month, out int next)
    {
        next = at;
        var day = scan[at + 1].Sign is '.' or '-' ? at + 2 : at + 1;
        if (!scan[day].IsSmall)
            return null;
        var year = scan.Skip(day + 1, DateWordsBetween.BeforeYear, 2);
        next = year + 1;
        return scan[year].Digits == 4 ? Day(scan[year].Number, month, scan[day].Number) : null;
    }

    private static DateTime? InNumbers(int a, int b, int year, char sign, DayOrder order)
    {
        if (a > 12 || sign == '.' || order == DayOrder.DayFirst || a == b)
            return Day(year, b, a);
        return b > 12 || order == DayOrder.MonthFirst ? Day(year, a, b) : null;
    }

    private static bool IsDateSign(DateScanToken token) => token.Sign is '.' or '/' or '-' or '‐' or '–' or '|';

    private static int? Year(DateScan scan, int at) => scan[at].Digits switch
    {
        4 => scan[at].Number,
        // Two digits are a year where nothing goes on behind them: 15.3.21:00 is none.
        2 when scan[at].Number is < 50 or >= 90 && !(scan[at + 1].Sign is ':' or '.' && scan[at + 2].IsNumber) => scan[at].Number + (scan[at].Number < 50 ? 2000 : 1900),
        _ => null,
    };

    private static DateTime? Day(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            : null;

    private static FoundDate WithTime(DateScan scan, int first, int next, DateTime date)
    {
        var at = scan.Skip(next, DateWordsBetween.BeforeTime, 4);
        if (scan.HalfBefore(at + 1) is not null)
            at++;
        var (hour, sign, minute) = (scan[at], scan[at + 1], scan[at + 2]);
        var isTime = hour.IsSmall && hour.Number < 24 && minute.Digits == 2 && minute.Number < 60 && (sign.Sign is ':' or '.' || scan.Is(at + 1, "h") || scan.StartsWith(at + 1, '时', '時'));
        if (!isTime || (scan[at + 3].Sign == '.' && scan[at + 4].IsNumber))
            return new FoundDate(new DateTimeOffset(date, TimeSpan.Zero), scan[first].Start, scan[next - 1].End, HasTime: false, scan.HasMonth(first, next));
        var end = scan[at + 3].Sign == ':' && scan[at + 4].Digits == 2 ? at + 5 : at + 3;
        var seconds = end == at + 5 ? Math.Min(scan[at + 4].Number, 59) : 0;
        var hours = (scan.Half(ref end) ?? scan.HalfBefore(at)) is { } afternoon ? hour.Number % 12 + (afternoon ? 12 : 0) : hour.Number;
        var local = date.AddHours(hours).AddMinutes(minute.Number).AddSeconds(seconds);
        return new FoundDate(new DateTimeOffset(local, scan.Zone(ref end, local)), scan[first].Start, scan[end - 1].End, HasTime: true, scan.HasMonth(first, next));
    }
}
