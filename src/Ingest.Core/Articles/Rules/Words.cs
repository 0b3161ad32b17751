namespace Ingest.Core.Articles.Rules;

/// <summary>
/// Text as the phrase rules see it: lower-case words between single spaces, a space at each end, no punctuation. <c>"Leave a Comment!"</c>
/// is <c>" leave a comment "</c>, so that a phrase is found whole with one ordinal search. Where no spaces part words, each character is one.
/// </summary>
internal static class Words
{
    // Ukrainian writes its apostrophe with this letter too.
    private const char LetterApostrophe = '\u02BC';
    private const char SoftHyphen = '\u00AD';

    // Only draws an Arabic word out.
    private const char Tatweel = '\u0640';

    // What becomes of each ASCII character that needs no look at the next one: a small letter, a digit, a space.
    private static readonly char[] Ascii = [.. Enumerable.Range(0, 128).Select(c => (char)c).Select(c => c == '\'' ? '\0' : char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')];

    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> buffer = text.Length < 1000 ? stackalloc char[Room(text.Length)] : new char[Room(text.Length)];
        return new string(Write(text, buffer));
    }

    /// <summary>The most that <see cref="Write"/> makes of so many characters.</summary>
    public static int Room(int characters) => 2 * characters + 2;

    /// <summary><see cref="Of"/> without a string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">As long as <see cref="Room"/> says.</param>
    public static ReadOnlySpan<char> Write(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var length = 0;
        buffer[length++] = ' ';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c < Ascii.Length && Ascii[c] is var plain and not '\0')
            {
                // Without a branch: where words end nobody can foretell.
                buffer[length] = plain;
                length += plain != ' ' | buffer[length - 1] != ' ' ? 1 : 0;
            }
            else if (IsLetter(c))
                WriteLetter(c, buffer, ref length);
            else if (buffer[length - 1] != ' ' && !Joins(c, text[(at + 1)..]))
                buffer[length++] = ' ';
        }
        End(buffer, ref length);
        return buffer[..length];
    }

    private static void WriteLetter(char c, Span<char> buffer, ref int length)
    {
        if (DenseScript.Has(c))
        {
            End(buffer, ref length);
            buffer[length++] = c;
            buffer[length++] = ' ';
        }
        else if (c != Tatweel)
        {
            buffer[length++] = Fold(c);
        }
    }

    // Whatever the keyboard made of it: case (a Turkish I has lost its dot or kept it), the hamza on an alef, full-width and Arabic digits.
    private static char Fold(char c) => c switch
    {
        < '\u0130' => char.ToLowerInvariant(c),
        'İ' or 'ı' => 'i',
        < '\u0600' => char.ToLowerInvariant(c),
        'آ' or 'أ' or 'إ' or 'ٱ' => 'ا',
        'ى' or 'ی' => 'ي',
        'ک' => 'ك',
        >= '٠' and <= '٩' => (char)(c - '٠' + '0'),
        >= '۰' and <= '۹' => (char)(c - '۰' + '0'),
        >= '！' and <= '～' => char.ToLowerInvariant((char)(c - '！' + '!')),
        _ => char.ToLowerInvariant(c),
    };

    private static void End(Span<char> buffer, ref int length)
    {
        if (buffer[length - 1] != ' ')
            buffer[length++] = ' ';
    }

    /// <summary>How many words <see cref="Of"/> found.</summary>
    public static int Tokens(string words) => words.AsSpan().Count(' ') - 1;

    /// <summary>How many words a reader finds in what <see cref="Of"/> made: two characters of a dense script are one.</summary>
    public static int Count(string words) => Tokens(words) - DenseScript.CountIn(words) / 2;

    /// <summary>Where the first so many words of a text end, as <see cref="Of"/> parts them.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int words)
    {
        var inside = false;
        for (var at = 0; at < text.Length; at++)
        {
            var dense = DenseScript.Has(text[at]);
            var letter = IsLetter(text[at]);
            if (inside && (dense || (!letter && !Joins(text[at], text[(at + 1)..]))) && --words == 0)
                return at;
            if (letter && dense && --words == 0)
                return at + 1;
            inside = !dense && (letter || (inside && Joins(text[at], text[(at + 1)..])));
        }
        return text.Length;
    }

    private static bool IsLetter(char c) => c != LetterApostrophe && char.IsLetterOrDigit(c);

    // Stands in a word without parting it.
    private static bool Joins(char c, ReadOnlySpan<char> after) => c == SoftHyphen || IsMark(c) || (c is '\'' or '’' or LetterApostrophe && IsClitic(after));

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
