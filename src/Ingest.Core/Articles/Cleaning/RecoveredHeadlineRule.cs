namespace Ingest.Core.Articles.Cleaning;

/// <summary>
/// Where nothing tells the title: a headline above the first sentence, or one below the last, where no sub-heading can stand because nothing
/// follows it. Such a line becomes the title.
/// </summary>
internal sealed class RecoveredHeadlineRule() : ResidueRule(ResidueKind.RepeatedHeadline, "headline-line")
{
    public override void Apply(Draft draft)
    {
        if (draft.Facts.Titles.Count > 0 || draft.LastProse < 0)
            return;
        for (var at = 0; at < draft.FirstProse && draft.RecoveredTitle is null; at++)
            Recover(draft, at, ResidueKind.TitleInBody);
        for (var at = draft.LastProse + 1; at < draft.Count && draft.RecoveredTitle is null; at++)
            Recover(draft, at, ResidueKind.RepeatedHeadline);
    }

    private void Recover(Draft draft, int at, ResidueKind kind)
    {
        if (!draft.IsIn(at) || !Headlines.Plausible(draft[at], draft.Facts.BodyWords))
            return;
        draft.RecoveredTitle = draft[at].Text;
        draft.Take(at, kind, Name);
    }
}
