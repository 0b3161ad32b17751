using System.Text.RegularExpressions;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What an embedded post leaves behind when its script does not run.</summary>
internal sealed partial class SocialEmbedRule() : ResidueRule(ResidueKind.SocialEmbed, "embedded-post")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("social-embed");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        return Phrases.IsWhole(block.Words) || (block.Text.Length < 300 && Phrases.IsIn(block.Words)) || Signature().IsMatch(block.Text)
            || (block.Text.Contains("pic.twitter.com/", StringComparison.Ordinal) && block.Text.Length < 600);
    }

    // "— Name (@handle) March 3, 2024": how Twitter signs an embedded post.
    [GeneratedRegex(@"^\s*[—–-]{1,2}\s?.{1,80}\(@\w{1,30}\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
