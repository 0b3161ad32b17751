using System.Text.RegularExpressions;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>An agency's marks: the slug above a report ("HARBOUR-FERRY/UPDATE 2") and the end mark below it ("ENDS", "- 30 -", "(END) …").</summary>
internal sealed partial class WireMarkRule() : ResidueRule(ResidueKind.SiteTemplate, "wire-mark")
{
    private const int LongestMark = 60;
    private static readonly PhraseSet Phrases = PhraseSet.Of("wire-mark");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Length > LongestMark)
                continue;
            if (at < draft.FirstProse && draft[at].Kind != ParagraphKind.Heading && Slug().IsMatch(draft[at].Text))
                draft.Take(at, ResidueKind.DatelineLabel, Name);
            else if (at > draft.LastProse && draft.IsBelowText(at) && (Phrases.IsWhole(draft[at]) || End().IsMatch(draft[at].Text) || Desk().IsMatch(draft[at].Text)))
                draft.Take(at, Kind, Name);
        }
    }

    // Words in capitals joined by hyphens or slashes, perhaps with the number of a take behind them.
    [GeneratedRegex(@"^[\p{Lu}\d]{2,}([-/][\p{Lu}\d]{2,})+([ ,/(].{0,24})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Slug();

    [GeneratedRegex(@"^\W*(ends?|ende|fin|fine|fim|einde|koniec|slut|konec|конец|кінець|son|انتهى|完|终|終|了|schluss|30|###|xxx)\W*$|^[(\[](ends?|ende|fin|fine|fim|einde|koniec|slut|конец|кінець)[)\]/].*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex End();

    // "abc/dpa", "(mj/afp)": the initials of the desk.
    [GeneratedRegex(@"^[(\[]?\p{Ll}{2,5}(/\p{L}{2,6})+[)\]]?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Desk();
}
