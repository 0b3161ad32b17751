using Ingest.Core.Articles.Cleaning;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Core.Articles.Output;

/// <summary>Tells of every line of a page what became of it.</summary>
internal static class PageLines
{
    /// <param name="draft">The article's blocks after cleaning.</param>
    /// <param name="scan">The page that they are from; null for plain text, where they are everything.</param>
    public static IReadOnlyList<PageLine> Of(Draft draft, PageScan? scan)
    {
        if (scan is null)
            return [.. Enumerable.Range(0, draft.Count).Select(at => InArticle(draft, at))];
        var places = Enumerable.Range(0, draft.Count).ToLookup(at => draft[at].PartOf ?? draft[at], ReferenceEqualityComparer.Instance);
        var (lines, cut) = (new List<PageLine>(), 0);
        for (var at = 0; at <= scan.Blocks.Count; at++)
        {
            for (; cut < scan.Cuts.Count && scan.Cuts[cut].Block == at; cut++)
                lines.Add(new PageLine(scan.Cuts[cut].Text, LineFate.Removed, ResidueKind.SiteTemplate, SiteRule.Name));
            if (at < scan.Blocks.Count)
                lines.AddRange(places.Contains(scan.Blocks[at]) ? places[scan.Blocks[at]].Select(place => InArticle(draft, place)) : [Outside(scan.Blocks[at])]);
        }
        return lines;
    }

    private static PageLine InArticle(Draft draft, int at) => draft.TakenAs(at) is { } taken
        ? new PageLine(draft[at].Text, LineFate.Removed, taken.Kind, taken.Rule)
        : new PageLine(draft[at].Text, LineFate.Kept, null, null);

    private static PageLine Outside(Block block) => block.HintWithin(null) is ResidueKind.Hidden
        ? new PageLine(block.Text, LineFate.Hidden, ResidueKind.Hidden, null)
        : new PageLine(block.Text, LineFate.Outside, block.HintWithin(null), null);
}
