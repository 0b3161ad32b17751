using System.Globalization;

namespace Ingest.Core.Feeds.Dates;

/// <summary>A number, a word or a sign of a date.</summary>
/// <param name="Text">A word in lower case, without its full stops ("a.m." is "am"); else as written.</param>
/// <param name="Number">The value of a number; -1 of anything else.</param>
/// <param name="IsTight">No space follows.</param>
internal readonly record struct DateToken(string Text, int Number, bool IsTight)
{
    public bool IsNumber => Number >= 0;
    public bool IsWord => !IsNumber && char.IsLetter(Text[0]);
    public int Digits => IsNumber ? Text.Length : 0;
    public bool Is(char sign) => Text.Length == 1 && Text[0] == sign;
}

/// <summary>Cuts a date into tokens.</summary>
internal static class DateTokens
{
    /// <summary>The tokens; null when a number is too long for any date.</summary>
    public static List<DateToken>? Of(string text)
    {
        var tokens = new List<DateToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (text[at] == '(')
            {
                // A comment, such as the name of the zone after its offset (RFC 5322).
                var close = text.IndexOf(')', at);
                at = close < 0 ? text.Length : close + 1;
                continue;
            }

            var end = End(text, at);
            var isTight = end < text.Length && !char.IsWhiteSpace(text[end]);
            if (char.IsAsciiDigit(text[at]))
            {
                if (end - at > 9)
                {
                    return null;
                }

                tokens.Add(new DateToken(text[at..end], int.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture), isTight));
            }
            else
            {
                var word = text[at..end].ToLowerInvariant();
                tokens.Add(new DateToken(word.Length > 1 ? word.Replace(".", "", StringComparison.Ordinal) : word, -1, isTight));
            }

            at = end;
        }

        return tokens;
    }

    /// <summary>An accent or vowel sign that stands by itself.</summary>
    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static int End(string text, int at)
    {
        var end = at + 1;
        if (char.IsAsciiDigit(text[at]))
        {
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }
        else if (char.IsLetter(text[at]))
        {
            while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '.' or '_' || IsMark(text[end])))
            {
                end++;
            }
        }

        return end;
    }
}
