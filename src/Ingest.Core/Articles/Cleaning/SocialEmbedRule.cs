using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What an embedded post leaves behind when its script does not run.</summary>
internal sealed partial class SocialEmbedRule() : ResidueRule(ResidueKind.SocialEmbed, "embedded-post")
{
    private const int LongestPost = 280;
    private static readonly PhraseSet Phrases = PhraseSet.Of("social-embed");

    public override void Apply(Draft draft)
    {
        base.Apply(draft);
        // A signature stands below the post.
        for (var at = 1; at < draft.Count; at++)
            if (draft.IsIn(at - 1) && draft[at - 1].Text.Length < LongestPost && draft[at].Text.Length < LongestPost && Signature().IsMatch(draft[at].Text) && IsPost(draft[at - 1]))
                draft.Take(at - 1, Kind, Name);
    }

    private static bool IsPost(Block block) =>
        block.Kind == ParagraphKind.Quote || block.Text.AsSpan().IndexOfAny('#', '@') >= 0 || block.Text.Contains("http", StringComparison.Ordinal) || block.Text.Contains("pic.", StringComparison.Ordinal);

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        return Phrases.IsWhole(block) || (block.Text.Length < 300 && (Phrases.IsIn(block) || Phrases.IsSpreadIn(block))) || Signature().IsMatch(block.Text)
            || (block.Text.Length < LongestPost && Reactions().IsMatch(block.Text)) || (block.Text.Length < LongestPost && Opening().IsMatch(block.Text))
            || (block.Text.Contains("pic.twitter.com/", StringComparison.Ordinal) && block.Text.Length < 600);
    }

    // "@name: …"
    [GeneratedRegex(@"^@\w{2,30}:", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    // "120 Likes · 14 Comments"
    [GeneratedRegex(@"^\d[\d.,KkMm]* \D{3,20} [·•|] \d[\d.,KkMm]* \D{3,20}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reactions();

    // "— Name (@handle) March 3, 2024": how Twitter signs an embedded post.
    [GeneratedRegex(@"^\s*[—–-]{1,2}\s?.{1,80}\(@\w{1,30}\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
