using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Captions that lost their picture: a label or the words that only captions begin with.</summary>
internal sealed partial class CaptionRule() : ResidueRule(ResidueKind.Caption, "caption-words")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("caption");

    protected override bool Takes(Draft draft, int at)
    {
        if (!IsCaption(draft[at]))
            return false;
        if (PhotoCreditRule.NameIn(draft[at]) is { } credit)
            draft.Credits.Add(credit);
        return true;
    }

    private static bool IsCaption(Block block) =>
        block.Length < 300 && (Phrases.AfterLabel(block) is not null || Phrases.Starts(block) || Numbered().IsMatch(block.Text));

    // "Figure 4: …"
    [GeneratedRegex(@"^(Abbildung|Abb\.|Figure|Fig\.|Figura|Figuur|Rysunek|Рис\.|Мал\.|Bild|Şekil|الشكل|图|圖|図) ?\d{1,3} ?[:：.–-]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Numbered();
}
