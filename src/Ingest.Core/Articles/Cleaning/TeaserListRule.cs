using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Other articles with the beginning of each: below a label such as "Read next", headlines that are links, each with a few lines that are none, all in one element.</summary>
internal sealed class TeaserListRule() : ResidueRule(ResidueKind.RelatedLinks, "teasers-below-label")
{
    private const int MostLines = 3;
    private const int LongestLine = 400;
    private const int LongestHeadline = 220;
    private const double MostlyLinks = 0.8;

    public override void Apply(Draft draft)
    {
        if (draft.Facts.Root is not { } root)
            return;
        for (var at = 0; at < draft.Count; at++)
            if (draft.TakenAs(at) is { Kind: ResidueKind.RelatedLinks or ResidueKind.ReadMore } && draft[at].LinkDensity < MostlyLinks && draft.IsBelowText(at))
                TakeTeasers(draft, at, root);
    }

    // The nearest element around the label that holds teasers as well.
    private void TakeTeasers(Draft draft, int label, Region root)
    {
        for (var box = draft[label].Region; box is not null && !ReferenceEquals(box, root) && box.IsInside(root); box = box.Parent)
        {
            if (label > 0 && draft[label - 1].Region.IsInside(box))
                return;
            if (EndOfTeasers(draft, label + 1, box) is not { } end)
                continue;
            for (var at = label + 1; at < end; at++)
                draft.Take(at, Kind, Name);
            return;
        }
    }

    // Null where something else stands in the element, too.
    private static int? EndOfTeasers(Draft draft, int at, Region box)
    {
        var (teasers, lines) = (0, MostLines);
        for (; at < draft.Count && draft[at].Region.IsInside(box); at++)
        {
            if (draft[at].LinkDensity >= MostlyLinks && draft[at].Length <= LongestHeadline)
                (teasers, lines) = (teasers + 1, 0);
            else if (++lines > MostLines || draft[at].Length > LongestLine)
                return null;
        }
        return teasers > 0 ? at : null;
    }
}
