using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Where a line stands, seen from the article.</summary>
internal enum LinePlace
{
    BelowTitle,
    AboveTitle,
    Title,

    /// <summary>A short line among the paragraphs, where only what is plainly labelled counts.</summary>
    Inside,
    BelowText,
}

/// <summary>A line near the article's headline or end. <paramref name="Distance"/> counts blocks from the headline or from the end.</summary>
internal readonly record struct NearLine(Block Block, int At, LinePlace Place, int Distance);

/// <summary>The lines in which a page tells of its article: around its headline, before its text, and under it. Nothing else of a page is looked at.</summary>
internal static class Surroundings
{
    private const int FarthestAbove = 8;
    private const int FarthestBelow = 24;
    private const int BeforeText = 8;
    private const int FarthestText = 40;
    private const int InsideText = 5;
    private const int UnderText = 10;
    private const int LongestLabelled = 80;

    /// <summary>The lines, the headline's own neighbourhood first.</summary>
    /// <param name="scan">The page.</param>
    /// <param name="title">The number of the block that is the headline; -1 when it is not known.</param>
    /// <param name="article">The article's region; null when none was found.</param>
    public static IReadOnlyList<NearLine> Find(PageScan scan, int title, Region? article)
    {
        var lines = new List<NearLine>();
        var (first, end) = (article?.FirstBlock ?? 0, article?.EndBlock ?? 0);
        var start = title >= 0 ? title : first;
        var text = Math.Max(start + 1, Math.Min(SecondProse(scan, start + 1), start + FarthestBelow));
        if (title >= 0)
            Add(lines, scan, title, title + 1, start, LinePlace.Title);
        Add(lines, scan, title >= 0 ? title + 1 : first, text, start, LinePlace.BelowTitle);
        Add(lines, scan, start - FarthestAbove, start, start, LinePlace.AboveTitle);
        // A headline far from its text has something between them; what stands right before the text tells of it too.
        if (first > start)
            Add(lines, scan, Math.Max(text, first - start <= FarthestText ? start + 1 : first - BeforeText), Math.Min(first + InsideText, end), first, LinePlace.BelowTitle);
        var under = Math.Max(Math.Max(text, first + InsideText), end - InsideText);
        for (var at = text; at < Math.Min(under, scan.Blocks.Count); at++)
            if (scan.Blocks[at].Length <= LongestLabelled && (at < first - BeforeText || at >= first + InsideText))
                lines.Add(new NearLine(scan.Blocks[at], at, LinePlace.Inside, 0));
        Add(lines, scan, under, end + UnderText, end, LinePlace.BelowText);
        return lines;
    }

    private static void Add(List<NearLine> lines, PageScan scan, int from, int to, int origin, LinePlace place)
    {
        for (var at = Math.Max(0, from); at < Math.Min(to, scan.Blocks.Count); at++)
            lines.Add(new NearLine(scan.Blocks[at], at, place, Math.Abs(at - origin)));
    }

    // One paragraph may be a standfirst with the byline under it; from the second on it is the text.
    private static int SecondProse(PageScan scan, int from)
    {
        var seen = 0;
        for (var at = from; at < scan.Blocks.Count; at++)
            if (scan.Blocks[at] is { IsSentence: true, Level: 0, Length: > 100 } && ++seen == 2)
                return at + 1;
        return scan.Blocks.Count;
    }
}
