using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Finds the title among a page's headings, and takes a site's name off a title.</summary>
internal static class Headings
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "];

    /// <summary>The heading that says what the head declares; else the only, or the nearest, first-level heading. Null when there is none.</summary>
    public static string? Title(PageScan scan, Region? article, IReadOnlyList<string> declared)
    {
        var headings = scan.Blocks.Where(b => b.Level is 1 or 2 or 3 && b.Text.Length is > 2 and < 300).ToList();
        foreach (var title in declared)
            if (headings.Find(h => Headlines.Same(h, title) || Headlines.Same(h, WithoutSite(title, null))) is { } same)
                return same.Text;
        var first = headings.Where(h => h.Level == 1 && h.HintWithin(null) is null).ToList();
        if (first.Count == 1)
            return first[0].Text;
        return article is null ? first.FirstOrDefault()?.Text : first.Find(h => h.Region.IsInside(article))?.Text;
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
