using System.Numerics;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>
/// Checks a declared language against the text: templates in one language are filled in another. Small words tell the languages of one script
/// apart, letters the scripts. The words are data: <c>Rules/languages.txt</c>.
/// </summary>
internal static class TextLanguage
{
    private const int Sample = 2_500;
    private const int LongestWord = 12;

    // Chosen to leave the development pages' right declarations alone: running text has 20 to 45% of its words in its own list, and under
    // a third of that in any other language's.
    private const int FewestWords = 40;
    private const double LeastShare = 0.2;
    private const double ClearlyMore = 2.5;
    private const double LeastLetters = 0.6;

    private static readonly string[] Languages = [.. RuleFile.Read("languages.txt").Select(line => line.Key)];
    private static readonly WordTable<int> Words = new([.. RuleFile.Read("languages.txt")
        .SelectMany((line, number) => line.Phrases.SelectMany(words => words.Split(' ')).Distinct().Select(word => (word, bit: 1 << number)))
        .GroupBy(x => x.word, x => x.bit).Select(group => KeyValuePair.Create(group.Key, group.Aggregate(0, (all, bit) => all | bit)))]);

    /// <summary>The declared tag, or the language that the text is in where that plainly is another or none is declared.</summary>
    public static string? Check(string? declared, string text)
    {
        var found = Find(text.AsSpan(0, Math.Min(text.Length, Sample)), Known(declared));
        return found is null || declared?.StartsWith(found, StringComparison.OrdinalIgnoreCase) == true || AreOne(found, declared) ? declared : found;
    }

    // Norwegian has three codes; the written languages of one people are not told apart here.
    private static bool AreOne(string found, string? declared) => found == "no" && declared is ['n', 'b' or 'n', ..];

    private static int Known(string? declared) =>
        declared is { Length: >= 2 } ? Array.FindIndex(Languages, l => declared.StartsWith(l, StringComparison.OrdinalIgnoreCase) || AreOne(l, declared)) : -1;

    private static string? Find(ReadOnlySpan<char> text, int declared)
    {
        Span<int> scripts = stackalloc int[(int)Script.Count];
        Span<int> hits = stackalloc int[32];
        var words = CountWords(text, hits, scripts);
        var letters = 0;
        foreach (var count in scripts)
            letters += count;
        if (OfScript(scripts, letters) is { } only)
            return only;
        var best = hits.IndexOf(Most(hits));
        if (words < FewestWords || hits[best] < LeastShare * words)
            return null;
        return declared == best || Second(hits, best, declared) * ClearlyMore > hits[best] ? null : Languages[best];
    }

    // What has to be beaten clearly: the declared language, or any other where none of ours is declared.
    private static int Second(ReadOnlySpan<int> hits, int best, int declared)
    {
        if (declared >= 0)
            return hits[declared];
        var second = 0;
        for (var at = 0; at < hits.Length; at++)
            second = at == best ? second : Math.Max(second, hits[at]);
        return second;
    }

    private static int Most(ReadOnlySpan<int> hits)
    {
        var most = 0;
        foreach (var count in hits)
            most = Math.Max(most, count);
        return most;
    }

    private static int CountWords(ReadOnlySpan<char> text, Span<int> hits, Span<int> scripts)
    {
        Span<char> word = stackalloc char[LongestWord];
        var (count, length, latin) = (0, 0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                latin++;
                if (length < LongestWord)
                    word[length] = (char)(text[at] | 0x20);
                length++;
                continue;
            }
            if (at < text.Length && char.IsLetter(text[at]))
            {
                scripts[(int)ScriptOf(text[at])]++;
                if (length < LongestWord)
                    word[length] = char.ToLowerInvariant(text[at]);
                length++;
                continue;
            }
            if (length > 0 && length <= LongestWord && Words.TryGetValue(word[..length], out var languages))
                for (; languages != 0; languages &= languages - 1)
                    hits[BitOperations.TrailingZeroCount(languages)]++;
            count += length > 0 ? 1 : 0;
            length = 0;
        }
        scripts[(int)Script.Latin] += latin;
        return count;
    }

    // Scripts that one language of news is written in, or nearly so.
    private static string? OfScript(ReadOnlySpan<int> scripts, int letters)
    {
        if (letters < FewestWords)
            return null;
        if (scripts[(int)Script.Kana] > letters / 10 && scripts[(int)Script.Kana] + scripts[(int)Script.Han] > LeastLetters * letters)
            return "ja";
        foreach (var (script, language) in (ReadOnlySpan<(Script, string)>)[(Script.Han, "zh"), (Script.Hangul, "ko"), (Script.Greek, "el"), (Script.Hebrew, "he"), (Script.Thai, "th")])
            if (scripts[(int)script] > LeastLetters * letters)
                return language;
        return null;
    }

    private static Script ScriptOf(char c) => c switch
    {
        < '\u0370' => Script.Latin,
        < '\u0400' => Script.Greek,
        < '\u0530' => Script.Cyrillic,
        >= '\u0590' and < '\u0600' => Script.Hebrew,
        >= '\u0600' and < '\u0780' => Script.Arabic,
        >= '\u0E00' and < '\u0E80' => Script.Thai,
        >= '\u3040' and < '\u3100' => Script.Kana,
        >= '\u3400' and < '\uA000' => Script.Han,
        >= '\uAC00' and < '\uD7B0' => Script.Hangul,
        _ => Script.Other,
    };

    private enum Script
    {
        Latin,
        Greek,
        Cyrillic,
        Hebrew,
        Arabic,
        Thai,
        Kana,
        Han,
        Hangul,
        Other,
        Count,
    }
}
