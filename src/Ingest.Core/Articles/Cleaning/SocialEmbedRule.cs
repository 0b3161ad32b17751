using System.Buffers;
using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>
/// What an embedded post leaves behind when its script does not run: "View this post on …", how often it was liked. The post itself and its signature are the author's quotation, and stay.
/// </summary>
internal sealed partial class SocialEmbedRule() : ResidueRule(ResidueKind.SocialEmbed, "embedded-post")
{
    private const int LongestPlaceholder = 300;
    private const int MostWordsOfLink = 4;
    private static readonly SearchValues<char> Dividers = SearchValues.Create("·•|");
    private static readonly PhraseSet Phrases = PhraseSet.Of("social-embed");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        return Phrases.IsWhole(block) || IsLink(block)
            || (block.Length < LongestPlaceholder && (Phrases.IsIn(block) || Phrases.IsSpreadIn(block) || (block.Kind != ParagraphKind.TableRow && block.Text.AsSpan().ContainsAny(Dividers) && Reactions().IsMatch(block.Text))));
    }

    // "Watch on ExampleTube", "ExampleTube'da izle"
    private static bool IsLink(Block block) =>
        (Phrases.Starts(block) || Phrases.Ends(block)) && Words.Count(block.Words) <= MostWordsOfLink && !Prose.EndsWithStop(block.Text);

    // "120 Likes · 14 Comments"
    [GeneratedRegex(@"^\d[\d.,KkMm]* \D{3,20} [·•|] \d[\d.,KkMm]* \D{3,20}$|[:!?.] \d[\d.,KkMm]* \D{3,20} [·•|] \d[\d.,KkMm]* \D{3,20}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reactions();
}
