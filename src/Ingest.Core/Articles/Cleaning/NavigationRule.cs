using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Ways around the site: crumbs, jumps, "next article".</summary>
internal sealed class NavigationRule() : ResidueRule(ResidueKind.Navigation, "navigation-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("navigation");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 120)
            return false;
        return Phrases.IsWhole(block) || Phrases.IsIn(block) || (!block.IsSentence && Phrases.IsSpreadIn(block))
            || (Phrases.Starts(block) && !block.IsSentence && (block.LinkDensity > 0.4 || at > draft.LastProse || at < draft.FirstProse))
            || (at < draft.FirstProse && IsCrumbs(block.Text));
    }

    private static bool IsCrumbs(string text) =>
        text.AsSpan().Count(" > ") + text.AsSpan().Count(" » ") + text.AsSpan().Count(" › ") >= 2;
}
