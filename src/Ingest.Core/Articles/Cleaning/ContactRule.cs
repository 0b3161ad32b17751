using System.Text.RegularExpressions;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>A few words that lead to an address: "Contact the reporter: name@host", "Full report on host.example", "Follow her at @name".</summary>
internal sealed partial class ContactRule() : ResidueRule(ResidueKind.AuthorBio, "leads-to-an-address")
{
    private const int LongestLine = 100;
    private const int MostWords = 14;

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            var block = draft[at];
            if (!draft.IsIn(at) || block.Length > LongestLine || block.IsSentence || block.Kind is ParagraphKind.TableRow or ParagraphKind.Preformatted || Words.Count(block.Words) > MostWords)
                continue;
            if (block.Text.Contains('.', StringComparison.Ordinal) && Host().IsMatch(block.Text))
                draft.Take(at, ResidueKind.ReadMore, Name);
            else if (block.Text.Contains('@', StringComparison.Ordinal) && (Mail().IsMatch(block.Text) || Handle().IsMatch(block.Text)) && draft.IsAtEdge(at))
                draft.Take(at, Kind, Name);
        }
    }

    [GeneratedRegex(@"\S@[\w.-]+\.\w{2,}\W*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(^|[\s(])@\w{2,30}\W*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Handle();

    // Words, then a host's name or a whole address as the last thing of the line.
    [GeneratedRegex(@"^[^.!?]{4,60} (https?://\S+|(www\.)?[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,10}/?)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
