using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>A label whose value is missing: "Date:", "Written by:".</summary>
internal sealed class EmptyLabelRule() : ResidueRule(ResidueKind.EmptyLabel, "label-without-value")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("empty-label");

    protected override bool Takes(Draft draft, int at)
    {
        var text = draft[at].Text;
        if (text.Length > 50 || text[^1] is not (':' or '：'))
            return false;
        return Phrases.IsLabel(draft[at]) || (draft.Next(at) < 0 && Words.Count(draft[at].Words) <= 3);
    }
}
