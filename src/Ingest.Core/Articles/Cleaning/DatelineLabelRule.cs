using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>When it was published or changed, as a line of its own at either end of the text.</summary>
internal sealed partial class DatelineLabelRule() : ResidueRule(ResidueKind.DatelineLabel, "date-line")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("dateline-label");
    private static readonly PhraseSet Calendar = PhraseSet.Of("calendar");

    // A live blog's entries have the time over them, each in a line of its own.
    private const int LeastEntries = 3;
    private const int LongestTime = 12;

    public override void Apply(Draft draft)
    {
        var times = 0;
        for (var at = 0; at < draft.Count; at++)
            times += IsTime(draft[at]) ? 1 : 0;
        for (var at = 0; at < draft.Count && times >= LeastEntries; at++)
            if (IsTime(draft[at]))
                draft.Take(at, Kind, Name);
        base.Apply(draft);
    }

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 100 || !draft.IsAtEdge(at))
            return false;
        var dated = (Phrases.AfterLabel(block) ?? Start(block)) is { } rest && (rest.Any(char.IsDigit) || Calendar.IsMadeOf(Words.Of(rest)));
        if (dated || IsDate(block))
            draft.Dates.Add(block.Text);
        return dated || IsDate(block) || Phrases.IsIn(block) && !block.IsSentence;
    }

    private static string? Start(Block block) =>
        Phrases.StartOf(block) is { } start && !block.IsSentence ? PhraseSet.After(block.Text, start) : null;

    private static bool IsTime(Block block) => block.Text.Length <= LongestTime && block.Kind != ParagraphKind.TableRow && ClockTime().IsMatch(block.Text);

    private static bool IsDate(Block block) =>
        block.Text.Any(char.IsDigit) && (Numbers().IsMatch(block.Text) || (Calendar.IsMadeOf(block.Words) && Words.Count(block.Words) is > 1 and < 14));

    [GeneratedRegex(@"^\d{1,2}[:.h]\d{2}( ?([ap]\.?m\.?|Uhr|h|hrs?|GMT|[A-Z]{2,4}T))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"^\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[\s,|–-]*(\d{1,2}[:.h]\d{2}([:.]\d{2})?)?[^\d]{0,12}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
