using System.Buffers;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>Tells running text from labels and lists of links by what a reader sees: length, commas, sentence ends.</summary>
internal static class Prose
{
    private const int ShortestSentence = 40;
    private const int FewestSpaces = 5;
    private const int LongestRemark = 30;
    private static readonly SearchValues<char> Commas = SearchValues.Create(",;、，；،؛");
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？．｡؟۔।");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"”“»«’'‘)]*」』）】》〉＂");

    /// <summary>A paragraph of a news article weighs about 5, a line without sentence nothing.</summary>
    public static double Weigh(ReadOnlySpan<char> text, int linked)
    {
        var length = DenseScript.Length(text);
        if (length < 25)
            return 0;
        var marks = Count(text, Commas) + Count(text, Stops);
        var weight = Math.Min(length / 100.0, 4) + Math.Min(marks, 6) * 0.5;
        var free = 1 - (double)linked / text.Length;
        return weight * free * free;
    }

    public static bool IsSentence(string text)
    {
        var end = WithoutClosers(text);
        return end.Length > 0 && (Stops.Contains(end[^1]) || end[^1] is ':' or '：' || EndsBeforeRemark(text))
            && ((text.Length >= ShortestSentence && text.AsSpan().Count(' ') >= FewestSpaces) || DenseScript.CountIn(text) * 2 >= ShortestSentence);
    }

    public static bool EndsWithStop(string text)
    {
        var end = WithoutClosers(text);
        return end.Length > 0 && Stops.Contains(end[^1]);
    }

    public static bool EndsWithColon(string text) => text[^1] is ':' or '：';

    private static ReadOnlySpan<char> WithoutClosers(string text)
    {
        var end = text.AsSpan().TrimEnd();
        while (end.Length > 0 && Closers.Contains(end[^1]))
            end = end[..^1];
        return end;
    }

    // "…。（共同）": in Chinese and Japanese the agency stands behind the last sentence's stop.
    private static bool EndsBeforeRemark(string text) =>
        text[^1] == '）' && text.LastIndexOf('（') is > 0 and var open && text.Length - open <= LongestRemark && Stops.Contains(text[open - 1]);

    private static int Count(ReadOnlySpan<char> text, SearchValues<char> marks)
    {
        var count = 0;
        for (int at; (at = text.IndexOfAny(marks)) >= 0; text = text[(at + 1)..])
            count++;
        return count;
    }
}
