using System.Buffers;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>A line at the end that names the site and is no sentence: its imprint, its slogan, its telephone, what it was made with.</summary>
internal sealed class SiteLineRule() : ResidueRule(ResidueKind.SiteTemplate, "names-the-site")
{
    private const int LongestLine = 90;
    private const int FewestDigits = 5;
    private static readonly PhraseSet Phrases = PhraseSet.Of("site-template");
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789 +()/-–.");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        return at > draft.LastProse && block.Length <= LongestLine && block.Kind is not (ParagraphKind.TableRow or ParagraphKind.Quote)
            && (block.Text[0] == '©' || draft.NamesSite(at) || IsMade(block) || IsTelephone(block)) && draft.IsBelowText(at);
    }

    private static bool IsMade(Block block) => !Prose.EndsWithStop(block.Text) && (Phrases.Starts(block) || Phrases.IsSpreadIn(block));

    // "Newsroom: 555 0123"
    private static bool IsTelephone(Block block) =>
        Phrases.AfterLabel(block) is { Length: >= FewestDigits } number && !number.AsSpan().ContainsAnyExcept(OfNumbers);
}
