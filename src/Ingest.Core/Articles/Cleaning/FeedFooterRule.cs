using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>The lines that feeds and syndication put under an entry.</summary>
internal sealed class FeedFooterRule() : ResidueRule(ResidueKind.FeedFooter, "feed-footer-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("feed-footer");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 300)
            return false;
        return Phrases.IsIn(block) || Phrases.Ends(block)
            || (at >= draft.LastProse && (Phrases.IsSpreadIn(block) || Phrases.IsWhole(block) || Phrases.Starts(block) || Phrases.IsBelow(block)));
    }
}
