namespace Ingest.Core.Articles.Rules;

/// <summary>
/// Text as the phrase rules see it: lower-case words between single spaces, a space at each end, no punctuation. <c>"Leave a Comment!"</c>
/// is <c>" leave a comment "</c>, so that a phrase is found whole with one ordinal search.
/// </summary>
internal static class Words
{
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> buffer = text.Length < 1000 ? stackalloc char[text.Length + 2] : new char[text.Length + 2];
        return new string(Write(text, buffer));
    }

    /// <summary><see cref="Of"/> without a string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Two characters longer than the text.</param>
    public static ReadOnlySpan<char> Write(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var length = 0;
        buffer[length++] = ' ';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiLetterOrDigit(c))
                buffer[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            else if (c == ' ')
                End(buffer, ref length);
            else if (char.IsLetterOrDigit(c))
                buffer[length++] = char.ToLowerInvariant(c);
            else if (buffer[length - 1] != ' ' && c != '\u00AD' && !IsMark(c) && !(c is '\'' or '’' && IsClitic(text[(at + 1)..])))
                buffer[length++] = ' ';
        }
        End(buffer, ref length);
        return buffer[..length];
    }

    private static void End(Span<char> buffer, ref int length)
    {
        if (buffer[length - 1] != ' ')
            buffer[length++] = ' ';
    }

    /// <summary>How many words <see cref="Of"/> found.</summary>
    public static int Count(string words) => words.AsSpan().Count(' ') - 1;

    // English "don't" and "editor's" stay one word, French "l'auteur" and "n'a" become two.
    private static bool IsClitic(ReadOnlySpan<char> after)
    {
        var letters = 0;
        while (letters < after.Length && char.IsLetter(after[letters]))
            letters++;
        return letters switch
        {
            1 => after[0] is 's' or 't' or 'd' or 'm' or 'S' or 'T' or 'D' or 'M',
            2 => after[..2] is "ll" or "re" or "ve" or "LL" or "RE" or "VE",
            _ => false,
        };
    }

    private static bool IsMark(char c) => c >= 0x300 && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
