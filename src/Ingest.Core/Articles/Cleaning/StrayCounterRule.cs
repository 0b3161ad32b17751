using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>
/// A number without a sentence around it: how often something was shared or read. Numbers among other short lines stay, for there they
/// are a table's or a result's, and so does a chapter's number set as a heading.
/// </summary>
internal sealed partial class StrayCounterRule() : ResidueRule(ResidueKind.StrayCounter, "lonely-number")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("counter");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 40 || block.Kind is not (ParagraphKind.Paragraph or ParagraphKind.ListItem))
            return false;
        if (block.Text.Any(char.IsDigit) && Phrases.IsMadeOf(block.Words) && !Prose.EndsWithStop(block.Text))
            return true;
        return Number().IsMatch(block.Text) && (IsYear(block.Text) ? at > draft.LastProse : true) && IsAlone(draft, at);
    }

    private static bool IsAlone(Draft draft, int at) =>
        at > draft.LastProse
            ? !IsNumberOrItem(draft, draft.Previous(at)) && !IsNumberOrItem(draft, draft.Next(at))
            : IsProse(draft, draft.Previous(at)) && IsProse(draft, draft.Next(at));

    private static bool IsProse(Draft draft, int at) => at < 0 || draft[at].IsSentence;

    private static bool IsNumberOrItem(Draft draft, int at) => at >= 0 && (Number().IsMatch(draft[at].Text) || draft[at].Kind is ParagraphKind.ListItem or ParagraphKind.TableRow);

    private static bool IsYear(string text) => text.Length == 4 && (text[0] is '1' && text[1] is '9' || text[0] is '2' && text[1] is '0');

    [GeneratedRegex(@"^\d{1,3} ?/ ?\d{1,3}$|^[(\[]?[+]?\d{1,3}([.,  ]?\d{3})*([.,]\d+)?\s?[KkMm万萬]?[)\]]?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
