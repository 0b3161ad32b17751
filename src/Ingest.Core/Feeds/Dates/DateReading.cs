namespace Ingest.Core.Feeds.Dates;

/// <summary>Reads the tokens of a date: first the time and its zone, which are plain to see, then the date from what is left.</summary>
internal sealed class DateReading
{
    private const int KoreanMinutes = 540;

    private readonly List<DateToken> _tokens;
    private readonly bool _isKorean;
    private int _hour;
    private int _minute;
    private double _second;
    private string? _zone;
    private int? _offset;

    private DateReading(List<DateToken> tokens) => (_tokens, _isKorean) = (tokens, tokens.Exists(token => DateWords.IsKorean(token.Text)));

    /// <summary>The instant; null when there is none to read.</summary>
    public static DateTimeOffset? Of(string text)
    {
        if (DateTokens.Of(text) is not { Count: > 1 and < 40 } tokens)
        {
            return null;
        }

        var reading = new DateReading(tokens);
        return reading.TakeTime() && reading.TakeDate() is { } date ? reading.Instant(date) : null;
    }

    private DateTimeOffset? Instant(DateTime date)
    {
        if (_hour > 24 || _minute > 59 || _second >= 61 || (_hour == 24 && _minute + _second > 0))
        {
            return null;
        }

        // A leap second counts as the one before it.
        var local = date.AddHours(_hour).AddMinutes(_minute).AddSeconds(Math.Min(_second, 59.999));
        var offset = (_offset ?? (_zone is null && _isKorean ? KoreanMinutes : null)) is { } minutes ? TimeSpan.FromMinutes(minutes)
            : _zone is null ? TimeSpan.Zero : DateZones.Offset(_zone, local);
        return offset is { } known && Math.Abs(known.TotalHours) <= 14 ? new DateTimeOffset(local, TimeSpan.Zero) - known : null;
    }

    /// <summary>Takes the time out of the tokens; false when it makes no sense.</summary>
    private bool TakeTime()
    {
        var colon = _tokens.FindIndex(1, t => DateWords.IsHour(t.Text));
        if (colon < 0 || colon + 1 >= _tokens.Count || !_tokens[colon - 1].IsNumber || !_tokens[colon + 1].IsNumber)
        {
            return colon < 0 && TakeZone(LastZone());
        }

        var (start, end) = (colon - 1, colon + 2);
        (_hour, _minute) = (_tokens[start].Number, _tokens[colon + 1].Number);
        if (DateWords.IsMinute(At(end).Text) && At(end + 1).IsNumber)
        {
            _second = At(end + 1).Number;
            end += 2;
            if (At(end).Text is "." or "," && At(end - 1).IsTight && At(end).IsTight && At(end + 1).IsNumber)
            {
                _second += At(end + 1).Number / Math.Pow(10, At(end + 1).Digits);
                end += 2;
            }
        }

        if (At(end).Is(':'))
        {
            return false;
        }

        TakeHalf(ref start, ref end);
        _tokens.RemoveRange(start, end - start);
        return TakeZone(start);
    }

    private DateToken At(int index) => index < _tokens.Count ? _tokens[index] : new DateToken(" ", -1, false);

    /// <summary>Morning or afternoon, after the time or (in Korean and Chinese) before it.</summary>
    private void TakeHalf(ref int start, ref int end)
    {
        var before = start > 0 ? _tokens[start - 1].Text : " ";
        var after = At(end).Text;
        if (DateWords.IsAfternoon(after) || DateWords.IsAfternoon(before))
        {
            _hour += _hour < 12 ? 12 : 0;
        }
        else if (DateWords.IsMorning(after) || DateWords.IsMorning(before))
        {
            _hour -= _hour == 12 ? 12 : 0;
        }
        else
        {
            return;
        }

        start -= DateWords.IsAfternoon(before) || DateWords.IsMorning(before) ? 1 : 0;
        end += DateWords.IsAfternoon(after) || DateWords.IsMorning(after) ? 1 : 0;
    }

    /// <summary>Where a zone stands in a date without a time: at its end.</summary>
    private int LastZone() => _tokens[^1].IsWord && DateZones.IsKnown(_tokens[^1].Text) ? _tokens.Count - 1 : _tokens.Count;

    /// <summary>Takes the zone at a place out of the tokens; false when it makes no sense.</summary>
    private bool TakeZone(int at)
    {
        if (At(at).IsWord && (DateZones.IsKnown(At(at).Text) || (At(at + 1).Is('/') && At(at + 2).IsWord)))
        {
            TakeNamed(at);
        }

        if (At(at).Text is not ("+" or "-") || !At(at).IsTight)
        {
            return true;
        }

        if (!At(at + 1).IsNumber || At(at + 1).Digits is 3 or > 4)
        {
            return false;
        }

        var (sign, number, digits) = (At(at).Is('-') ? -1 : 1, At(at + 1).Number, At(at + 1).Digits);
        var length = 2;
        var minutes = digits == 4 ? (number / 100 * 60) + (number % 100) : number * 60;
        if (At(at + 2).Is(':'))
        {
            if (digits > 2 || !At(at + 3).IsNumber || At(at + 3).Number > 59)
            {
                return false;
            }

            minutes += At(at + 3).Number;
            length = 4;
        }

        // "-05:00Z" has been seen: the offset is the one meant.
        length += At(at + length).Text is "z" ? 1 : 0;
        _offset = sign * minutes;
        _tokens.RemoveRange(at, length);
        return true;
    }

    private void TakeNamed(int at)
    {
        _zone = _tokens[at].Text;
        _tokens.RemoveAt(at);
        while (At(at).Is('/') && At(at + 1).IsWord)
        {
            _zone += "/" + At(at + 1).Text;
            _tokens.RemoveRange(at, 2);
        }
    }

    private DateTime? TakeDate()
    {
        var numbers = new List<DateToken>();
        var separator = ' ';
        int? month = null;
        var monthAt = 0;
        foreach (var token in _tokens)
        {
            if (token.IsNumber)
            {
                numbers.Add(token);
            }
            else if (token.IsWord && DateWords.Month(token.Text) is { } named)
            {
                if (month is not null && monthAt > 0)
                {
                    return null;
                }

                // In French "mar." is a Tuesday before it is a month: the later word is the month.
                (month, monthAt) = (named, numbers.Count);
            }
            else if (token.IsWord && !DateWords.IsFiller(token.Text) && (numbers.Count > 0 || month is not null))
            {
                return null;
            }
            else if (!token.IsWord)
            {
                if (numbers.Count == 0 && token.Text is "-" or "+")
                {
                    return null;
                }

                separator = token.Text is "." or "/" or "-" ? token.Text[0] : separator;
            }
            else if (token.Text is "tháng")
            {
                // Vietnamese writes "day month-word month".
                separator = '.';
            }
        }

        return month is { } known ? WithMonth(known, monthAt, numbers) : InNumbers(numbers, separator);
    }

    private static DateTime? WithMonth(int month, int monthAt, List<DateToken> numbers)
    {
        if (numbers is [{ Digits: 4 } only])
        {
            return Date(only.Number, month, 1);
        }

        if (numbers is not [var first, var second])
        {
            return null;
        }

        return first.Digits == 4 && second.Digits <= 2
            ? Date(first.Number, month, second.Number)
            : monthAt <= 1 && first.Digits <= 2 && second.Digits is 2 or 4 ? Date(Year(second), month, first.Number) : null;
    }

    private DateTime? InNumbers(List<DateToken> numbers, char separator)
    {
        switch (numbers)
        {
            case [{ Digits: 4 } year, { Digits: 3, Number: >= 1 } day] when separator == '-' && day.Number <= (DateTime.IsLeapYear(Math.Max(1, year.Number)) ? 366 : 365):
                return Date(year.Number, 1, 1)?.AddDays(day.Number - 1);
            case [{ Digits: 4 } year, { Digits: 2 } month]:
                return Date(year.Number, month.Number, 1);
            case [{ Digits: 4 } year, { Digits: <= 2 } month, { Digits: <= 2 } day]:
                return Date(year.Number, month.Number, day.Number);
            case [{ Digits: <= 2 } a, { Digits: <= 2 } b, { Digits: 2 or 4 } year] when separator == '.':
                return Date(Year(year), b.Number, a.Number);
            case [{ Digits: <= 2 } a, { Digits: <= 2 } b, { Digits: 2 or 4 } year] when separator == '/' || year.Digits == 4:
                return DayOrMonthFirst(a.Number, b.Number, Year(year));
            default:
                return null;
        }
    }

    /// <summary>Day and month tell themselves apart above 12, or when the zone is American; otherwise nothing does.</summary>
    private DateTime? DayOrMonthFirst(int a, int b, int year) =>
        a > 12 ? Date(year, b, a)
        : b > 12 || a == b || DateZones.IsNorthAmerican(_zone) ? Date(year, a, b)
        : null;

    /// <summary>Two digits are a year from 1950 to 2049 (RFC 5322, section 4.3).</summary>
    private static int Year(DateToken token) => token.Digits == 4 ? token.Number : token.Number + (token.Number < 50 ? 2000 : 1900);

    private static DateTime? Date(int year, int month, int day) =>
        FeedDates.IsPlausible(year) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            : null;
}
