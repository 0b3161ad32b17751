using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What readers wrote below the article: a "3 comments" headline after the last paragraph takes all that follows it.</summary>
internal sealed class CommentListRule() : ResidueRule(ResidueKind.CommentList, "comments-headline")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("comment-list");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Text.Length > 120 || !IsHeadline(draft[at]))
                continue;
            draft.Take(at, Kind, Name);
            if (draft[at].Kind == ParagraphKind.Heading && at > draft.Count / 2)
                TakeRest(draft, at);
        }
    }

    private static bool IsHeadline(Block block) =>
        Phrases.IsWhole(WithoutNumber(block.Words)) || Phrases.IsIn(block.Words);

    private void TakeRest(Draft draft, int at)
    {
        while ((at = draft.Next(at)) >= 0)
            draft.Take(at, Kind, Name);
    }

    private static string WithoutNumber(string words)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !char.IsDigit(w[0]));
        return $" {string.Join(' ', parts)} ";
    }
}
