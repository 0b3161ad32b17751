namespace Ingest.Core.Articles.Cleaning;

/// <summary>Takes what stands in an element whose name, role, class or id calls it something else than the article.</summary>
internal sealed class MarkedRegionRule() : ResidueRule(ResidueKind.Navigation, "marked-region")
{
    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at) && IsInside(draft, at) && draft[at].HintWithin(draft.Facts.Root) is { } kind)
                Take(draft, at, kind);
    }

    // A standfirst is chosen by what it says; its element is often called a teaser.
    private static bool IsInside(Draft draft, int at) => draft.Facts.Root is not { } root || draft[at].Region.IsInside(root);

    private void Take(Draft draft, int at, ResidueKind kind)
    {
        var text = draft[at].Text;
        draft.Take(at, kind, Name);
        if (kind == ResidueKind.PhotoCredit)
            draft.Credits.Add(PhotoCreditRule.NameIn(draft[at]) ?? text);
        else if (kind == ResidueKind.Caption && PhotoCreditRule.NameIn(draft[at]) is { } credit)
            draft.Credits.Add(credit);
        else if (kind is ResidueKind.Byline or ResidueKind.DatelineLabel)
            draft.Authors.AddRange(BylineRule.NamesIn(text));
    }
}
