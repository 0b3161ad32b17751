using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What stands beside a prompt belongs to it: the buttons below it, the headline above it.</summary>
internal sealed class PromptNeighbourRule() : ResidueRule(ResidueKind.CookieNotice, "beside-a-prompt")
{
    private const int MostButtons = 4;
    private const int LongestHeadline = 60;

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (draft.TakenAs(at) is not { } taken || !IsPrompt(taken.Kind))
                continue;
            for (var below = at + 1; below < draft.Count && below - at <= MostButtons && draft.IsIn(below) && IsButton(draft[below]); below++)
                draft.Take(below, taken.Kind, Name);
            if (at > 0 && draft.IsIn(at - 1) && IsHeadline(draft[at - 1]))
                draft.Take(at - 1, taken.Kind, Name);
        }
    }

    private static bool IsPrompt(ResidueKind kind) => kind is ResidueKind.CookieNotice or ResidueKind.Newsletter or ResidueKind.PaywallPrompt or ResidueKind.CommentForm
        or ResidueKind.SocialEmbed or ResidueKind.StreamLink;

    private static bool IsHeadline(Block block) =>
        block.Kind == ParagraphKind.Paragraph && block.Length <= LongestHeadline && !block.IsBold && !Prose.EndsWithStop(block.Text) && !Prose.EndsWithColon(block.Text);
}
