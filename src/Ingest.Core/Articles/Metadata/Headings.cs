using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Finds the title among a page's headings, and takes a site's name off a title.</summary>
internal static class Headings
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "];

    /// <summary>
    /// The number of the block that is the page's headline: the heading that says what the head declares, else the only first-level heading;
    /// -1 when there is none.
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
        return Math.Max(first, -1);
    }

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
