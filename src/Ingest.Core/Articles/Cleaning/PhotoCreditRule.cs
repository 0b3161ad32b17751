using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Lines that name a picture's maker: by label ("Photo: …"), by beginning ("Photo by …"), or by agency ("… / Reuters").</summary>
internal sealed partial class PhotoCreditRule() : ResidueRule(ResidueKind.PhotoCredit, "photo-credit-line")
{
    private const int LongestCredit = 160;
    private const int MostSmallWords = 2;
    private const int LongestHolder = 80;
    private static readonly PhraseSet Phrases = PhraseSet.Of("photo-credit");
    private static readonly PhraseSet Agencies = PhraseSet.Of("photo-agency");

    protected override bool Takes(Draft draft, int at)
    {
        if ((NameOfLine(draft[at]) ?? Holder(draft, at)) is not { } name)
            return false;
        draft.Credits.Add(name);
        return true;
    }

    // "© Town archive": whose the picture above is. Below the text it is the site's own line.
    private static string? Holder(Draft draft, int at) =>
        at < draft.LastProse && draft[at].Text is ['©', _, _, ..] text && text.Length <= LongestHolder && !Prose.EndsWithStop(text) ? text[1..].Trim() : null;

    /// <summary>The credit that a caption carries at its end or as a line of its own; null when there is none.</summary>
    public static string? NameIn(Block block)
    {
        if (NameOfLine(block) is { } whole)
            return whole;
        var match = Trailing().Match(block.Text);
        if (!match.Success)
            match = Made().Match(block.Text);
        return match.Success ? match.Groups["name"].Value.Trim(' ', '.', ')', '）', '」') : null;
    }

    public static bool IsCredit(Block block) => NameOfLine(block) is not null;

    private static string? NameOfLine(Block block)
    {
        var text = block.Text;
        if (text.Length > LongestCredit || block.Words.Length < 3)
            return null;
        if (Phrases.AfterLabel(block) is { Length: > 1 } labelled && !IsSaying(labelled))
            return labelled;
        if (Phrases.StartOf(block) is { } start && !IsSaying(text) && Named(PhraseSet.After(text, start)) is { } named)
            return named;
        if (block.Kind != ParagraphKind.Heading && Bare().Match(text) is { Success: true } bare)
            return bare.Groups["name"].Value;
        if (Phrases.Ends(block) && block.Kind != ParagraphKind.Heading && block.Length <= LongestHolder && !Prose.EndsWithStop(text) && Made().Match(text) is { Success: true, Index: 0 } made)
            return made.Groups["name"].Value;
        return IsAgencyLine(block) ? text.Trim('(', ')', ' ', '[', ']', '（', '）', '【', '】', '＝') : null;
    }

    private static bool IsAgencyLine(Block block) =>
        block.Kind != ParagraphKind.Heading && block.Length < 120 && !Prose.EndsWithStop(block.Text) && Agencies.IsIn(block)
            && (Marked().IsMatch(block.Text) || Words.Count(block.Words) <= 2 || Phrases.Starts(block));

    // "Photo by photo, the archive grew" goes on in lower case and says something; a credit is a name.
    private static string? Named(string rest) => rest.Length > 1 && (char.IsUpper(rest[0]) || (char.IsLetterOrDigit(rest[0]) && !char.IsLower(rest[0])) || rest[0] is '@' or '©') ? rest : null;

    // "Pictures from 1936 show the town without lamps." has words of its own between the names; a credit hardly has.
    private static bool IsSaying(string text) => Prose.IsSentence(text) && text.Split(' ').Count(w => w.Length > 2 && char.IsLetter(w[0]) && !char.IsUpper(w[0])) + DenseScript.CountIn(text) / 4 > MostSmallWords;

    // "PHOTO/Town archive", "Foto Jane Doe": names and nothing else.
    [GeneratedRegex(@"^(PHOTO|FOTO) ?/ ?(?<name>\S.{1,60}[^.!?])$|^(Photos?|PHOTO|Fotos?|FOTO|Bild|BILD|Фото|ФОТО)( ?/ ?| )(?<name>\p{Lu}[\p{L}.'’-]*((/| )(\p{Lu}[\p{L}.'’-]*|d[aeiu]l?|des|von|van|der|of|y|e|et|und|and))*)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bare();

    [GeneratedRegex(@"^\W*(©|\(c\))|[/|©／｜＝]|^＝|\(.*\)$|（.*）$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Marked();

    // "李明 摄", "山田太郎撮影": in Chinese and Japanese the word stands behind the name. With 拍 or a particle before it, it is a verb.
    [GeneratedRegex(@"(^|[ 。（(＝=／/])(?<name>[^ 。（(＝=／/拍をはがにで]{2,6}( [^ 。（(＝=／/]{2,10})?)( ?(摄|攝|撮影)| (摄影|攝影|提供))[)）]?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Made();

    [GeneratedRegex(@"(\((Photo|Foto|Bild|Image|Picture|Credit|Crédit|Photo credit|Fotoğraf|Фото)s?( by|:)?|(Photo|Foto|Bild|Image|Picture|Credit|Crédit photo|Quelle|Source|Fotoğraf|Фото|تصوير|الصورة)s?( by |: ?)|(写真|図|图片|圖片|图|圖|图源|图片来源|摄影|攝影|撮影|提供) ?[:：／/＝]|©) ?(?<name>[^.。]{2,80})\)?\.?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Trailing();
}
