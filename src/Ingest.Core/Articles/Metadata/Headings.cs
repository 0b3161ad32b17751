using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Finds the headline among a page's headings.</summary>
internal static class Headings
{
    private const int Longest = 300;
    private const int ShortestBare = 15;
    private const string Marks = ":|-–—»«·•/";
    private const int ShortestPart = 4;
    private const int LowestLevel = 4;
    private const int AboveText = 6;
    private const int IntoText = 4;

    // The one first-level heading is the headline though the head declares something else altogether; one that is a small part of it mostly is
    // the site's name.
    private const double Least = 1.7;
    private const double Likeness = 3;
    private const double OnlyOne = 0.8;
    private const double LeastLikeness = 0.5;
    private const double NameOfSite = 2.5;
    private const double BehindTitle = 1.6;
    private const double Held = 0.15;

    /// <summary>
    /// The number of the block that is the page's headline: the heading that is most like what the head declares, the higher levels before the
    /// lower, else a line that says it; -1 when there is none.
    /// </summary>
    public static int Find(PageScan scan, IReadOnlyList<string> declared, SiteNames site)
    {
        var known = declared.Select(title => Words.Of(title)).Distinct().Select(words => new Known(words)).ToArray();
        var only = scan.Blocks.Count(b => b.Level == 1 && Penalty(b) == 0) == 1;
        var parts = Parts(scan, declared);
        var (best, most) = (-1, Least);
        for (var at = 0; at < scan.Blocks.Count; at++)
            if (scan.Blocks[at] is var block && IsCandidate(block) && Points(block, known, declared, IsBeside(scan, at, declared, parts), only, site) is var points && points > most)
                (best, most) = (at, points);
        return best >= 0 ? best : Bare(scan, declared, site);
    }

    /// <summary>The highest heading right above the article's text, where no heading says what the head declares; -1 when there is none.</summary>
    public static int Above(PageScan scan, Region article, SiteNames site)
    {
        var (best, highest) = (-1, LowestLevel);
        for (var at = Math.Max(0, article.FirstBlock - AboveText); at < Math.Min(article.FirstBlock + IntoText, scan.Blocks.Count); at++)
        {
            var block = scan.Blocks[at];
            if (at >= article.FirstBlock && (block.IsSentence || (best >= 0 && at > article.FirstBlock)))
                break;
            if (block is { Level: > 0, Text.Length: >= 2 and <= Longest } && block.Level <= highest && Penalty(block) == 0 && !site.Is(block.Text))
                (best, highest) = (at, block.Level);
        }
        return best;
    }

    /// <summary>The line is the title's beginning, middle or end, between signs.</summary>
    public static bool IsPart(string title, string line)
    {
        if (line.Length < ShortestPart || title.Length <= line.Length || title.IndexOf(line, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at))
            return false;
        var before = title.AsSpan(0, at).TrimEnd();
        var after = title.AsSpan(at + line.Length).TrimStart();
        return (before.Length == 0 || Marks.Contains(before[^1])) && (after.Length == 0 || Marks.Contains(after[0]));
    }

    private static bool IsCandidate(Block block) => block is { Level: 1 or 2 or 3, Text.Length: >= 2 and <= Longest };

    private static double Points(Block block, Known[] known, IReadOnlyList<string> declared, bool isBeside, bool only, SiteNames site)
    {
        var likeness = 0.0;
        foreach (var title in known)
            likeness = Math.Max(likeness, title.Likeness(block.Words));
        var level = block.Level == 1 ? 1 : block.Level == 2 ? 0.4 : 0.2;
        if (block.Level > 1 && likeness < 0.5)
            return 0;
        // A breadcrumb's or a banner's first-level heading that is the declared title word for word is the headline.
        var penalty = Penalty(block) * (likeness == 1 && block.Level == 1 ? 0.5 : 1) + (site.Is(block.Text) ? NameOfSite : isBeside ? BehindTitle : 0);
        return Likeness * likeness + level - penalty + (only && block.Level == 1 && penalty == 0 && (likeness >= LeastLikeness || !declared.Any(t => t.Contains(block.Text, StringComparison.OrdinalIgnoreCase))) ? OnlyOne : 0);
    }

    private static double Penalty(Block block) => block.HintWithin(null) switch
    {
        null or ResidueKind.Byline or ResidueKind.DatelineLabel or ResidueKind.Caption => 0,
        ResidueKind.Navigation or ResidueKind.Hidden or ResidueKind.CommentForm => 1.6,
        ResidueKind.CommentList => 2.5,
        _ => 1.0,
    };

    // The headings that the declared titles are made of.
    private static List<int> Parts(PageScan scan, IReadOnlyList<string> declared)
    {
        var parts = new List<int>();
        for (var at = 0; at < scan.Blocks.Count; at++)
            if (IsCandidate(scan.Blocks[at]) && IsNewPart(scan, scan.Blocks[at], declared, parts))
                parts.Add(at);
        return parts;
    }

    private static bool IsNewPart(PageScan scan, Block block, IReadOnlyList<string> declared, List<int> parts) =>
        Penalty(block) == 0 && declared.Any(t => IsPart(t, block.Text)) && !parts.Exists(p => scan.Blocks[p].Text.Equals(block.Text, StringComparison.OrdinalIgnoreCase));

    // "Site » Section » Title": of several parts that are headings, the one that is a declared title too, or else the longest, is the article's.
    // A headline and its sub-title stand together.
    private static bool IsBeside(PageScan scan, int at, IReadOnlyList<string> declared, List<int> parts)
    {
        if (parts.Count < 2)
            return IsBehind(scan.Blocks[at].Text, declared);
        var title = TitleOf(scan, declared, parts);
        return at != title && parts.Contains(at) && (Math.Abs(at - title) > 1 || IsBehind(scan.Blocks[at].Text, declared));
    }

    private static int TitleOf(PageScan scan, IReadOnlyList<string> declared, List<int> parts) =>
        parts.FindIndex(part => declared.Contains(scan.Blocks[part].Text, StringComparer.OrdinalIgnoreCase)) is >= 0 and var found ? parts[found] : parts.MaxBy(part => scan.Blocks[part].Length);

    // "Title - Site": what stands behind the last signs is mostly the site, which often is a heading too.
    private static bool IsBehind(string heading, IReadOnlyList<string> declared)
    {
        var behind = false;
        foreach (var title in declared)
            if (title.Equals(heading, StringComparison.OrdinalIgnoreCase))
                return false;
            else
                behind |= IsOrEnds(title, heading) && title[..^heading.Length].AsSpan().TrimEnd() is { Length: > 1 } front && front[^1] != ':' && Count(front) > Count(heading);
        return behind;
    }

    private static int Count(ReadOnlySpan<char> text) => text.Trim().Count(' ');

    // Lay-outs without heading elements: the line that is the declared title, or all of it behind a site's name, or most of it before one.
    private static int Bare(PageScan scan, IReadOnlyList<string> declared, SiteNames site)
    {
        for (var at = 0; at < scan.Blocks.Count; at++)
            if (scan.Blocks[at] is { Level: 0 or > 3, Length: >= ShortestBare } && SaysTitle(scan.Blocks[at].Text, declared) && !site.Is(scan.Blocks[at].Text) && !IsBehind(scan.Blocks[at].Text, declared))
                return at;
        return -1;
    }

    private static bool SaysTitle(string line, IReadOnlyList<string> declared)
    {
        foreach (var title in declared)
            if (IsOrEnds(title, line) || (3 * line.Length >= 2 * title.Length && IsPart(title, line)))
                return true;
        return false;
    }

    private static bool IsOrEnds(string title, string line) =>
        title.EndsWith(line, StringComparison.OrdinalIgnoreCase) && (title.Length == line.Length || title[..^line.Length].TrimEnd() is [.., var mark] && Marks.Contains(mark));

    /// <summary>A declared title, prepared for comparing.</summary>
    private sealed class Known(string words)
    {
        private readonly HashSet<string> _distinct = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        /// <summary>0 to 1: the share of words in common; a heading that the title holds whole is like it however long the rest.</summary>
        public double Likeness(string heading)
        {
            if (heading.Length <= 2)
                return 0;
            var lookup = _distinct.GetAlternateLookup<ReadOnlySpan<char>>();
            var (common, count) = (0, 0);
            foreach (var range in heading.AsSpan().Trim(' ').Split(' '))
            {
                count++;
                common += lookup.Contains(heading.AsSpan().Trim(' ')[range]) ? 1 : 0;
            }
            var dice = 2.0 * common / (count + _distinct.Count);
            return dice < 1 && (words.Contains(heading, StringComparison.Ordinal) || (words.Length > 8 && heading.Contains(words, StringComparison.Ordinal))) ? Math.Min(1, dice + Held) : Math.Min(1, dice);
        }
    }
}
