using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Buttons to share, print or save: a line made only of such words and the names of networks.</summary>
internal sealed class ShareBarRule() : ResidueRule(ResidueKind.ShareBar, "share-words")
{
    private const int LongestSigns = 40;
    private static readonly PhraseSet Phrases = PhraseSet.Of("share-bar");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 160 || block.Text[^1] is '…' || char.IsDigit(block.Text[0]))
            return false;
        return Phrases.IsWhole(block) || Phrases.IsIn(block) || Phrases.IsSpreadIn(block)
            || (Phrases.AfterLabel(block) is { Length: <= LongestSigns } signs && AreSigns(signs))
            || (Words.Count(block.Words) <= 14 && Phrases.IsMadeOf(block.Words) && !Prose.EndsWithStop(block.Text));
    }

    // "Share: f t in ✉"
    private static bool AreSigns(string text)
    {
        foreach (var sign in text.AsSpan().Split(' '))
            if (sign.End.Value - sign.Start.Value > 2)
                return false;
        return true;
    }
}
