using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Captions that lost their picture: a label or the words that only captions begin with.</summary>
internal sealed partial class CaptionRule() : ResidueRule(ResidueKind.Caption, "caption-words")
{
    private const int LongestPointing = 160;
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
        block.Length < 300 && (Phrases.IsWhole(block) || Phrases.AfterLabel(block) is not null || Phrases.Starts(block) || Numbered().IsMatch(block.Text)
            || (block.Kind == ParagraphKind.Paragraph && block.Length <= LongestPointing && Pointing().IsMatch(block.Text)));

    // "Figure 4: …", "Picture 2 of 7: …", "FILE – …"
    [GeneratedRegex(@"^(Abbildung|Abb\.|Figure|Fig\.|Figura|Figuur|Rysunek|Рис\.|Мал\.|Bild|Şekil|الشكل|图|圖|図) ?\d{1,3} ?[:：.–-]|^(Picture|Image|Photo|Foto|Bild|Imagen|Imagem|Immagine) \d{1,3} (of|von|sur|de|di|van) \d{1,3}|^(FILE|ARCHIV|ARCHIVES|ARCHIVO)( PHOTO)? ?[–—-] ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Numbered();

    // Only under a picture does a text tell where in it somebody stands.
    [GeneratedRegex(@"\((left|right|centre|center|far left|far right|links|rechts|Mitte|à gauche|à droite|au centre|izquierda|derecha|a la izquierda|a la derecha|a sinistra|a destra|esquerda|direita|li\.|re\.)\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pointing();
}
