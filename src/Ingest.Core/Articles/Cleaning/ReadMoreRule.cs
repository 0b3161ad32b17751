using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Pointers to another article in the middle of the text: "Read also: …".</summary>
internal sealed class ReadMoreRule() : ResidueRule(ResidueKind.ReadMore, "read-more-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("read-more");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 250)
            return false;
        return Phrases.IsWhole(block)
            || (Phrases.AfterLabel(block) is { Length: > 0 } && (block.LinkDensity > 0.3 || !block.IsSentence))
            || (Phrases.Starts(block) && (block.LinkDensity > 0.4 || !Prose.EndsWithStop(block.Text)))
            || (!block.IsSentence && Phrases.IsSpreadIn(block))
            || (Phrases.Ends(block) && block.LinkDensity > 0.4);
    }
}
