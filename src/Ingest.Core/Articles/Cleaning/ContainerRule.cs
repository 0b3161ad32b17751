using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>An element that opens with residue holds nothing else: a heading "Most read" with its list, a consent prompt with its buttons.</summary>
internal sealed class ContainerRule() : ResidueRule(ResidueKind.RelatedLinks, "box-of-residue")
{
    private const int MostBlocks = 40;
    private const int LongestLine = 280;

    // A short paragraph or two; an article weighs more.
    private const double HeaviestBox = 6;

    public override void Apply(Draft draft)
    {
        if (draft.Facts.Root is not { } root)
            return;
        for (var at = 0; at < draft.Count; at++)
            if (draft.TakenAs(at) is { } taken && OpensBox(taken.Kind) && (at == 0 || !ReferenceEquals(draft[at - 1].Region, draft[at].Region)))
                TakeBox(draft, at, root, taken.Kind);
    }

    // The widest element around the block that begins with it and is no part of the text.
    private void TakeBox(Draft draft, int first, Region root, ResidueKind kind)
    {
        var end = first;
        for (var box = draft[first].Region; box is not null && !ReferenceEquals(box, root) && box.IsInside(root); box = box.Parent)
        {
            if ((first > 0 && draft[first - 1].Region.IsInside(box)) || (box.AllWeight > HeaviestBox && !(kind == ResidueKind.CommentList && draft.IsBelowText(first))))
                break;
            var next = first + 1;
            while (next < draft.Count && (kind == ResidueKind.CommentList || next - first <= MostBlocks) && draft[next].Region.IsInside(box) && Fits(draft[next], kind))
                next++;
            if ((next < draft.Count && draft[next].Region.IsInside(box)))
                break;
            end = next;
        }
        for (var at = first + 1; at < end; at++)
            draft.Take(at, kind, Name);
    }

    private static bool Fits(Block block, ResidueKind kind) => kind switch
    {
        ResidueKind.CommentList => true,
        ResidueKind.CookieNotice or ResidueKind.Newsletter or ResidueKind.PaywallPrompt or ResidueKind.CommentForm or ResidueKind.Advertisement or ResidueKind.AuthorBio
            or ResidueKind.SocialEmbed or ResidueKind.StreamLink => block.Length <= LongestLine,
        _ => !block.IsSentence && (block.Kind == ParagraphKind.Paragraph || block.LinkDensity > 0.5),
    };

    private static bool OpensBox(ResidueKind kind) => kind is not (ResidueKind.TitleInBody or ResidueKind.RepeatedHeadline or ResidueKind.Byline or ResidueKind.DatelineLabel
        or ResidueKind.PhotoCredit or ResidueKind.Caption or ResidueKind.StrayCounter or ResidueKind.EmptyLabel or ResidueKind.Hidden or ResidueKind.BlankRun);
}
