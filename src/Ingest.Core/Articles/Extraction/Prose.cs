using System.Buffers;

namespace Ingest.Core.Articles.Extraction;

/// <summary>Tells running text from labels and lists of links by what a reader sees: length, commas, sentence ends.</summary>
internal static class Prose
{
    private static readonly SearchValues<char> Commas = SearchValues.Create(",;、，،");
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？؟");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"”“»«’'‘)]*");

    /// <summary>A paragraph of a news article weighs about 5, a line without sentence nothing.</summary>
    public static double Weigh(ReadOnlySpan<char> text, int linked)
    {
        if (text.Length < 25)
            return 0;
        var marks = Count(text, Commas) + Count(text, Stops);
        var weight = Math.Min(text.Length / 100.0, 4) + Math.Min(marks, 6) * 0.5;
        var free = 1 - (double)linked / text.Length;
        return weight * free * free;
    }

    public static bool IsSentence(string text)
    {
        var end = text.AsSpan().TrimEnd();
        while (end.Length > 0 && Closers.Contains(end[^1]))
            end = end[..^1];
        return end.Length > 0 && text.Length >= 40 && (Stops.Contains(end[^1]) || end[^1] == ':') && text.AsSpan().Count(' ') >= 5;
    }

    public static bool EndsWithStop(string text)
    {
        var end = text.AsSpan().TrimEnd();
        while (end.Length > 0 && Closers.Contains(end[^1]))
            end = end[..^1];
        return end.Length > 0 && Stops.Contains(end[^1]);
    }

    private static int Count(ReadOnlySpan<char> text, SearchValues<char> marks)
    {
        var count = 0;
        for (int at; (at = text.IndexOfAny(marks)) >= 0; text = text[(at + 1)..])
            count++;
        return count;
    }
}
