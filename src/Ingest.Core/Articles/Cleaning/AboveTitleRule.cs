namespace Ingest.Core.Articles.Cleaning;

/// <summary>Kickers, sections and crumbs: what stands above the title and is no sentence.</summary>
internal sealed class AboveTitleRule() : ResidueRule(ResidueKind.Navigation, "above-title")
{
    public override void Apply(Draft draft)
    {
        var title = Enumerable.Range(0, Math.Min(draft.FirstProse + 1, draft.Count)).FirstOrDefault(at => draft.TakenAs(at)?.Kind == ResidueKind.TitleInBody);
        for (var at = 0; at < title; at++)
            if (draft.IsIn(at) && !draft[at].IsSentence)
                draft.Take(at, Kind, Name);
    }
}
