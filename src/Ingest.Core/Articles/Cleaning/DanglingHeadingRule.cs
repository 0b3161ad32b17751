namespace Ingest.Core.Articles.Cleaning;

/// <summary>Headings at the end with nothing below them: the boxes they stood over are gone.</summary>
internal sealed class DanglingHeadingRule() : ResidueRule(ResidueKind.RelatedLinks, "heading-without-text")
{
    public override void Apply(Draft draft)
    {
        for (var at = draft.Count - 1; at >= 0; at--)
        {
            if (!draft.IsIn(at))
                continue;
            if (draft[at].Kind != ParagraphKind.Heading || draft[at].Level == 0)
                return;
            draft.Take(at, Kind, Name);
        }
    }
}
