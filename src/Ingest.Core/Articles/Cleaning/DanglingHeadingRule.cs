namespace Ingest.Core.Articles.Cleaning;

/// <summary>Headings at the end with nothing below them: the boxes they stood over are gone.</summary>
internal sealed class DanglingHeadingRule() : ResidueRule(ResidueKind.RelatedLinks, "heading-without-text")
{
    private const int MostBlocks = 40;

    public override void Apply(Draft draft)
    {
        for (var at = draft.Count - 1; at >= 0; at--)
        {
            if (!draft.IsIn(at))
                continue;
            // A heading that says a sentence may be the last one.
            if (draft[at].Kind != ParagraphKind.Heading || draft[at].Level == 0 || draft[at].IsSentence)
                break;
            draft.Take(at, Kind, Name);
        }
        for (var at = 0; at + 1 < draft.Count; at++)
            if (draft.IsIn(at) && draft[at].Kind == ParagraphKind.Heading && draft.TakenAs(at + 1) is { } below && HeadsOnly(draft, at))
                draft.Take(at, below.Kind, Name);
    }

    // Everything of the heading's own element is gone.
    private static bool HeadsOnly(Draft draft, int heading)
    {
        var box = draft[heading].Region;
        if (draft.Facts.Root is not { } root || ReferenceEquals(box, root) || !box.IsInside(root) || !draft[heading + 1].Region.IsInside(box))
            return false;
        for (var step = -1; step <= 1; step += 2)
            for (var at = heading + step; at >= 0 && at < draft.Count && draft[at].Region.IsInside(box); at += step)
                if (draft.IsIn(at) || Math.Abs(at - heading) > MostBlocks)
                    return false;
        return true;
    }
}
