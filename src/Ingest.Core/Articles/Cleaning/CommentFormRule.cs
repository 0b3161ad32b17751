using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>The form to write a comment: its headline, its fields' labels, its small print.</summary>
internal sealed class CommentFormRule() : ResidueRule(ResidueKind.CommentForm, "comment-form-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("comment-form");
    private static readonly PhraseSet Fields = PhraseSet.Of("comment-field");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
            if (draft.IsIn(at) && (IsForm(draft[at]) || (Phrases.IsSpreadIn(draft[at]) && draft.IsBelowText(at))))
                TakeForm(draft, at);
    }

    private static bool IsForm(Block block) =>
        block.Length < 250 && (IsRequiredField(block) || Phrases.IsWhole(block) || Phrases.IsIn(block) || (Phrases.Starts(block) && !block.IsSentence));

    // "Your name *"
    private static bool IsRequiredField(Block block) =>
        block.Length <= 40 && block.Text.EndsWith(" *", StringComparison.Ordinal) && block.Kind is not (ParagraphKind.TableRow or ParagraphKind.Preformatted) && Words.Count(block.Words) is > 0 and <= 4;

    private void TakeForm(Draft draft, int at)
    {
        draft.Take(at, Kind, Name);
        for (at = draft.Next(at); at >= 0 && (IsForm(draft[at]) || Phrases.IsSpreadIn(draft[at]) || Fields.IsMadeOf(draft[at].Words) || Fields.IsWhole(draft[at])); at = draft.Next(at))
            draft.Take(at, Kind, Name);
    }
}
