using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Ways around the site: crumbs, jumps, "next article".</summary>
internal sealed class NavigationRule() : ResidueRule(ResidueKind.Navigation, "navigation-words")
{
    private const int LongestCrumb = 40;
    private static readonly PhraseSet Phrases = PhraseSet.Of("navigation");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 120)
            return false;
        return Phrases.IsWhole(block) || Phrases.IsIn(block) || (!block.IsSentence && Phrases.IsSpreadIn(block))
            || (Phrases.Starts(block) && !block.IsSentence && (block.LinkDensity > 0.4 || at > draft.LastProse || at < draft.FirstProse))
            || (block.Kind == ParagraphKind.Paragraph && IsCrumbs(block.Text))
            || (at > draft.LastProse && PointsOn(block.Text));
    }

    // "« The article before", "The next one »": a quotation has both.
    private static bool PointsOn(string text) =>
        text.Length > 4 && ((text[0] is '«' or '‹' or '←' or '<' && text[1] == ' ' && !text.AsSpan().ContainsAny("»›")) || (text[^1] is '»' or '›' or '→' or '>' && text[^2] == ' ' && !text.AsSpan().ContainsAny("«‹")));

    // "Home > Business > Town hall"
    private static bool IsCrumbs(string text)
    {
        var signs = 0;
        foreach (var part in text.AsSpan().SplitAny('>', '»', '›'))
            signs = text.AsSpan()[part].Length > LongestCrumb ? int.MinValue / 2 : signs + 1;
        return signs > 2 && text.AsSpan().Count(" > ") + text.AsSpan().Count(" » ") + text.AsSpan().Count(" › ") >= 2;
    }
}
