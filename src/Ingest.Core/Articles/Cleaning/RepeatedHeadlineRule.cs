namespace Ingest.Core.Articles.Cleaning;

/// <summary>The article's title stated again inside or below the text.</summary>
internal sealed class RepeatedHeadlineRule() : ResidueRule(ResidueKind.RepeatedHeadline, "title-again")
{
    protected override bool Takes(Draft draft, int at) =>
        at > draft.FirstProse && draft.SaysTitle(at);
}
