namespace Ingest.Core.Articles.Cleaning;

/// <summary>A line at the end that names the site and is no sentence: its imprint, its slogan, whom it was printed from.</summary>
internal sealed class SiteLineRule() : ResidueRule(ResidueKind.SiteTemplate, "names-the-site")
{
    private const int LongestLine = 90;

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        return at > draft.LastProse && block.Length <= LongestLine && block.Kind is not (ParagraphKind.TableRow or ParagraphKind.Quote)
            && (block.Text[0] == '©' || draft.Facts.Sites.Any(s => block.Words.Contains(s, StringComparison.Ordinal))) && draft.IsBelowText(at);
    }
}
