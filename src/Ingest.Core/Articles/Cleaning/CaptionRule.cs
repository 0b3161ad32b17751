using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Captions that lost their picture: a label or the words that only captions begin with.</summary>
internal sealed class CaptionRule() : ResidueRule(ResidueKind.Caption, "caption-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("caption");

    protected override bool Takes(Draft draft, int at) =>
        draft[at].Text.Length < 300 && (Phrases.AfterLabel(draft[at]) is not null || Phrases.Starts(draft[at]));
}
