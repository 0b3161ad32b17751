using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Below the last sentence, a short line beside residue is residue too.</summary>
internal sealed class TailRule() : ResidueRule(ResidueKind.SiteTemplate, "beside-residue")
{
    private const int LongestLine = 60;

    public override void Apply(Draft draft)
    {
        for (var at = draft.LastProse + 1; at < draft.Count; at++)
            TakeBeside(draft, at, at - 1);
        for (var at = draft.Count - 2; at > draft.LastProse; at--)
            TakeBeside(draft, at, at + 1);
    }

    private void TakeBeside(Draft draft, int at, int neighbour)
    {
        if (neighbour >= 0 && draft.IsIn(at) && draft.TakenAs(neighbour) is { } taken && Spreads(taken.Kind)
            && IsLine(draft[at]) && draft.IsBelowText(at))
            draft.Take(at, taken.Kind, Name);
    }

    // Below these kinds nothing of the article follows; lists of links, tags and counters also stand beside its last lines.
    private static bool Spreads(ResidueKind kind) => kind is ResidueKind.SiteTemplate or ResidueKind.Disclaimer or ResidueKind.Navigation or ResidueKind.CommentForm
        or ResidueKind.CommentList or ResidueKind.Newsletter or ResidueKind.CookieNotice or ResidueKind.PaywallPrompt or ResidueKind.AuthorBio or ResidueKind.FeedFooter
        or ResidueKind.StreamLink or ResidueKind.SocialEmbed;

    private static bool IsLine(Block block) =>
        block.Kind == ParagraphKind.Paragraph && block.Length <= LongestLine && !Prose.EndsWithStop(block.Text) && !Prose.EndsWithColon(block.Text);
}
