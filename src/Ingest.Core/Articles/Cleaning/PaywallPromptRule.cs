using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Prompts to subscribe or sign in before reading on. The article is marked as paywalled.</summary>
internal sealed class PaywallPromptRule() : ResidueRule(ResidueKind.PaywallPrompt, "subscribe-to-read")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("paywall-prompt");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 350 || !(Phrases.IsWhole(block) || Phrases.IsIn(block) || Phrases.IsSpreadIn(block) || (at >= draft.LastProse && Phrases.IsBelow(block))))
            return false;
        draft.Paywalled = true;
        return true;
    }
}
