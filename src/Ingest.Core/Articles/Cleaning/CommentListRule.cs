using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What readers wrote below the article: a "3 comments" headline or a first "Name says:" below the text takes all that follows it.</summary>
internal sealed class CommentListRule() : ResidueRule(ResidueKind.CommentList, "comments-headline")
{
    private const int LongestHeadline = 120;
    private const int ShortestTelling = 5;
    private static readonly PhraseSet Phrases = PhraseSet.Of("comment-list");

    public override void Apply(Draft draft)
    {
        for (var at = 0; at < draft.Count; at++)
        {
            if (!draft.IsIn(at) || draft[at].Length > LongestHeadline)
                continue;
            if (IsHeadline(draft[at]))
                TakeFrom(draft, at, rest: Heads(draft[at]) && draft.IsBelowText(at));
            else if (Heads(draft[at]) && draft.IsBelowText(at) && (IsHeadlineBelow(draft[at]) || (SaysWho(draft[at]) && IsFirstOfSeveral(draft, at))))
                TakeFrom(draft, at, rest: true);
        }
    }

    private static bool IsHeadline(Block block) =>
        Phrases.IsWhole(WithoutNumber(block.Words)) || Phrases.IsIn(block);

    // One word in a table or a list is a cell or an item.
    private static bool Heads(Block block) =>
        block.Kind == ParagraphKind.Heading || (block.Kind == ParagraphKind.Paragraph && Words.Count(block.Words) > 1);

    // Words that could also stand in a text: how comments are sorted, who says what.
    private static bool IsHeadlineBelow(Block block) =>
        !block.IsSentence && (Phrases.IsSpreadIn(block) || (Words.Count(block.Words) <= 9 && Phrases.IsMadeOf(block.Words) && HasLongWord(block.Words) && !Prose.EndsWithStop(block.Text))
            || Phrases.StartOf(WithoutNumber(block.Words)) is not null);

    // "1 von 17" is made of the right words, too.
    private static bool HasLongWord(string words)
    {
        foreach (var part in words.AsSpan().Split(' '))
            if (words.AsSpan()[part] is { Length: > 0 } word && (word.Length >= ShortestTelling ? char.IsLetter(word[0]) : DenseScript.Has(word[0])))
                return true;
        return false;
    }

    private static bool SaysWho(Block block) => !block.IsSentence && Prose.EndsWithColon(block.Text) && Words.Count(block.Words) is > 1 and <= 6 && Phrases.Ends(block);

    // An article, too, may say once who says something; a reader's words have a date above them, or another reader's below.
    private static bool IsFirstOfSeveral(Draft draft, int at)
    {
        for (var next = at + 1; next < draft.Count; next++)
            if (SaysWho(draft[next]) || (next <= at + 2 && draft[next].Length <= LongestHeadline && draft[next].Text.AsSpan().ContainsAnyInRange('0', '9')))
                return true;
        return at > draft.LastProse;
    }

    private void TakeFrom(Draft draft, int at, bool rest)
    {
        draft.Take(at, Kind, Name);
        while (rest && (at = draft.Next(at)) >= 0)
            draft.Take(at, Kind, Name);
    }

    private static string WithoutNumber(string words)
    {
        if (!words.AsSpan().ContainsAnyInRange('0', '9'))
            return words;
        Span<char> rest = stackalloc char[words.Length];
        var length = 0;
        for (var at = 0; at < words.Length; at++)
            if (char.IsAsciiDigit(words[at]) && rest[length - 1] == ' ')
                at = words.IndexOf(' ', at);
            else
                rest[length++] = words[at];
        return new string(rest[..length]);
    }
}
