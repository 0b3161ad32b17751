namespace Ingest.Core.Articles.Cleaning;

/// <summary>
/// A line below the last sentence that is nothing but a link leads elsewhere: to another article, a file, a gallery. Inside the text such lines are mostly sub-headings and items, and stay.
/// </summary>
internal sealed class TrailingLinkRule() : ResidueRule(ResidueKind.RelatedLinks, "link-below-text")
{
    private const double NothingBut = 0.75;

    protected override bool Takes(Draft draft, int at) =>
        at > draft.LastProse && draft.LastProse >= 0 && draft[at].LinkDensity > NothingBut && draft[at].Kind is not (ParagraphKind.TableRow or ParagraphKind.Quote) && draft.IsBelowText(at);
}
