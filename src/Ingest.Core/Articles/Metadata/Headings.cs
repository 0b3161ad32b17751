using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Finds the title among a page's headings, and takes a site's name off a title.</summary>
internal static class Headings
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "];

    private const string Marks = ":|-–—»·•/";
    private const int ShortestBare = 15;

    /// <summary>
    /// The number of the block that is the page's headline: the heading that says what the head declares, else the only first-level heading, else
    /// a line that says it; -1 when there is none.
    /// </summary>
    public static int Find(PageScan scan, IReadOnlyList<string> declared)
    {
        var first = -1;
        for (var level = 1; level <= 3; level++)
            for (var at = 0; at < scan.Blocks.Count; at++)
            {
                var block = scan.Blocks[at];
                if (block.Level != level || block.Text.Length is < 3 or > 300)
                    continue;
                if (declared.Any(t => Headlines.Same(block, t) || Headlines.Same(block, WithoutSite(t, null))))
                    return at;
                if (level == 1 && block.HintWithin(null) is null)
                    first = first == -1 ? at : -2;
            }
        return first >= 0 ? first : Bare(scan, declared);
    }

    // Lay-outs without heading elements: the line that is the declared title, or all of it behind a site's name.
    private static int Bare(PageScan scan, IReadOnlyList<string> declared)
    {
        for (var at = 0; at < scan.Blocks.Count; at++)
            if (scan.Blocks[at] is { Level: 0, Text.Length: >= ShortestBare } block && declared.Any(t => IsOrEnds(t, block.Text)))
                return at;
        return -1;
    }

    private static bool IsOrEnds(string title, string line) =>
        title.EndsWith(line, StringComparison.OrdinalIgnoreCase) && (title.Length == line.Length || title[..^line.Length].TrimEnd() is [.., var mark] && Marks.Contains(mark));

    public static string WithoutSite(string title, string? site)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at <= 0)
                continue;
            var (head, tail) = (title[..at], title[(at + separator.Length)..]);
            if (tail.Equals(site, StringComparison.OrdinalIgnoreCase) || WordsIn(tail) <= 4 && WordsIn(head) > WordsIn(tail))
                return WithoutSite(head, site);
            var front = title.IndexOf(separator, StringComparison.Ordinal);
            if (title[..front].Equals(site, StringComparison.OrdinalIgnoreCase))
                return title[(front + separator.Length)..];
        }
        return title;
    }

    private static int WordsIn(string text) => text.AsSpan().Trim().Count(' ') + 1;
}
