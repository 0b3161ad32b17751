namespace Ingest.Core.Articles.Cleaning;

/// <summary>The article's title as the first thing of its text.</summary>
internal sealed class TitleInBodyRule() : ResidueRule(ResidueKind.TitleInBody, "title-line")
{
    protected override bool Takes(Draft draft, int at) =>
        at <= draft.FirstProse && draft.SaysTitle(at);
}
