using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Rights, liability and origin: what a publisher puts under every article.</summary>
internal sealed class DisclaimerRule() : ResidueRule(ResidueKind.Disclaimer, "disclaimer-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("disclaimer");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 700)
            return false;
        return Phrases.IsIn(block)
            || (at >= draft.LastProse && (Phrases.Starts(block) || Phrases.IsSpreadIn(block) || Phrases.IsBelow(block) || block.Text.StartsWith('©') || Phrases.IsWhole(block)));
    }
}
