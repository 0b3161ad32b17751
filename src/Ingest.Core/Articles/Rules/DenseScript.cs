namespace Ingest.Core.Articles.Rules;

/// <summary>Han and Kana: no spaces part their words, and a character says about as much as two letters do.</summary>
internal static class DenseScript
{
    private const char First = '\u3005';
    private const char Last = '\uFF9F';

    public static bool Has(char c) => c is >= First and (<= '\u3007' or (>= '\u3041' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= Last));

    /// <summary>The length of a text in letters: limits of length are set for those.</summary>
    public static int Length(ReadOnlySpan<char> text) => text.Length + CountIn(text);

    public static int CountIn(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyInRange(First, Last);
        if (at < 0)
            return 0;
        var count = 0;
        foreach (var c in text[at..])
            count += Has(c) ? 1 : 0;
        return count;
    }
}
