using System.Collections.Frozen;
using System.Globalization;
using Ingest.Core.Feeds.Dates;

namespace Ingest.Core.Articles.Metadata;

/// <summary>A number, a word or a sign of a text that may hold a date.</summary>
internal readonly record struct DateScanToken(int Start, int End, int Number, char Sign)
{
    public bool IsNumber => Number >= 0;
    public bool IsWord => Number < 0 && Sign == '\0' && End > Start;
    public int Digits => IsNumber ? End - Start : 0;

    /// <summary>One or two digits.</summary>
    public bool IsSmall => Digits is 1 or 2;
}

/// <summary>The small words and signs that dates put between their parts.</summary>
internal static class DateWordsBetween
{
    public static readonly FrozenSet<string> BeforeMonth = Set(". - / st nd rd th º ° er of de di den der do the كانون تشرين الأول الثاني");
    public static readonly FrozenSet<string> BeforeYear = Set(". , - / st nd rd th de del of в ، ' يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر");
    public static readonly FrozenSet<string> BeforeTime = Set(", . - – — | / • · ( um at à a las alle ore o om kl klo às as il le в о t godz saat den @ ; о об الساعة （ ） ) 月 火 水 木 金 土 日");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>A text cut into the tokens of dates. Reading past either end gives an empty token.</summary>
internal readonly ref struct DateScan
{
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<DateScanToken> _tokens;

    /// <param name="text">What may hold a date.</param>
    /// <param name="room">Where the tokens go: at most one a character.</param>
    public DateScan(ReadOnlySpan<char> text, Span<DateScanToken> room)
    {
        _text = text;
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (char.IsDigit(text[at]))
            {
                while (end < text.Length && char.IsDigit(text[end]))
                    end++;
                // "3 May 202121:25": date and time in elements that only their style sets apart.
                if (end - at == 6 && end < text.Length && text[end] == ':')
                    room[count++] = new DateScanToken(at, at += 4, Value(text[(at - 4)..at]), '\0');
                room[count++] = new DateScanToken(at, end, end - at > 4 ? int.MaxValue : Value(text[at..end]), '\0');
            }
            else if (char.IsLetter(text[at]))
            {
                while (end < text.Length && (char.IsLetter(text[end]) || CharUnicodeInfo.GetUnicodeCategory(text[end]) == UnicodeCategory.NonSpacingMark))
                    end++;
                room[count++] = new DateScanToken(at, end, -1, '\0');
            }
            else if (!char.IsWhiteSpace(text[at]) && text[at] is not ('\u200E' or '\u200F'))
            {
                room[count++] = new DateScanToken(at, end, -1, text[at]);
            }
            at = end;
        }
        _tokens = room[..count];
    }

    public int Count => _tokens.Length;

    public DateScanToken this[int at] => at >= 0 && at < _tokens.Length ? _tokens[at] : new DateScanToken(0, 0, -1, '\uFFFF');

    public static bool HasDigit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsDigit(c))
                return true;
        return false;
    }

    /// <summary>The month that the word at this place names; null when it is none.</summary>
    public int? MonthAt(int at) => this[at] is { IsWord: true } word && word.End - word.Start is >= 3 and <= 14 or 2 ? MonthNames.Of(Text(word)) : null;

    public bool HasMonth(int from, int to)
    {
        for (var at = from; at < to; at++)
            if (MonthAt(at) is not null)
                return true;
        return false;
    }

    public bool Is(int at, string word) => this[at] is { IsWord: true } token && Text(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool StartsWith(int at, char first, char other) => this[at].IsWord && (_text[this[at].Start] == first || _text[this[at].Start] == other);

    /// <summary>The place after at most so many of these words and signs.</summary>
    public int Skip(int at, FrozenSet<string> between, int most)
    {
        var words = between.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[8];
        for (; most > 0 && this[at] is { IsNumber: false } token && token.End - token.Start is > 0 and <= 8; at++, most--)
        {
            var length = Text(token).ToLowerInvariant(lower);
            if (!words.Contains(lower[..length]))
                break;
        }
        return at;
    }

    /// <summary>True for the afternoon, false for the morning, null where neither is said: in Chinese and Japanese it stands before the hour.</summary>
    public bool? HalfBefore(int hour) =>
        this[hour - 1] is not { IsWord: true } word ? null : Text(word) switch
        {
            [.., '下', '午'] or [.., '午', '後'] or [.., '晚', '上'] => true,
            [.., '上', '午'] or [.., '午', '前'] => false,
            _ => null,
        };

    /// <summary>True for the afternoon, false for the morning, null where neither is said; moves the end over it.</summary>
    public bool? Half(ref int end)
    {
        // "p.m." is cut in four.
        var dotted = this[end + 1].Sign == '.' && Is(end + 2, "m");
        var half = Is(end, "pm") || (dotted && Is(end, "p")) ? true : Is(end, "am") || (dotted && Is(end, "a")) ? false : (bool?)null;
        if (half is not null)
            end += dotted ? this[end + 3].Sign == '.' ? 4 : 3 : 1;
        return half;
    }

    /// <summary>The offset that a zone's name or a number behind the time gives; none otherwise.</summary>
    public TimeSpan Zone(ref int end, DateTime local)
    {
        if (Is(end, "uhr"))
            end++;
        if (this[end] is { Sign: '+' or '-' } sign && this[end + 1] is { IsNumber: true } offset && sign.End == offset.Start && offset.Digits is 2 or 4)
        {
            var minutes = offset.Digits == 4 ? offset.Number / 100 * 60 + offset.Number % 100 : offset.Number * 60 + (this[end + 2].Sign == ':' && this[end + 3].Digits == 2 ? this[end + 3].Number : 0);
            end += offset.Digits == 2 && this[end + 2].Sign == ':' && this[end + 3].Digits == 2 ? 4 : 2;
            return minutes <= 14 * 60 ? TimeSpan.FromMinutes(sign.Sign == '-' ? -minutes : minutes) : TimeSpan.Zero;
        }
        if (this[end] is not { IsWord: true } word || word.End - word.Start is < 2 or > 4 || Text(word).ToString().ToLowerInvariant() is var name && !DateZones.IsKnown(name))
            return TimeSpan.Zero;
        end++;
        return DateZones.Offset(name, local) ?? TimeSpan.Zero;
    }

    private ReadOnlySpan<char> Text(DateScanToken token) => _text[token.Start..token.End];

    private static int Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
            value = 10 * value + CharUnicodeInfo.GetDecimalDigitValue(c);
        return value;
    }
}
