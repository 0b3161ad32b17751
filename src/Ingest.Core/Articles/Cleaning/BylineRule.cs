using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>Who wrote it: "By …", "Written by: …", or the author's bare name above or below the text.</summary>
internal sealed partial class BylineRule() : ResidueRule(ResidueKind.Byline, "byline-line")
{
    private static readonly PhraseSet Phrases = PhraseSet.Of("byline");

    private const int MostWordsBeside = 5;

    // In Han and Kana, where nothing parts a name from the words behind it.
    private const int LongestDenseName = 10;

    // The small words inside of names.
    private static readonly FrozenSet<string> Particles =
        "von van vom zu zur der den de del della di da do dos das du des la le les el al bin ibn ben ter ten y e i af av mac o".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly SearchValues<char> NameEnds = SearchValues.Create("|•·0123456789");

    protected override bool Takes(Draft draft, int at)
    {
        var block = draft[at];
        if (block.Length > 120 || !draft.IsAtEdge(at) || block.IsSentence)
            return false;
        foreach (var name in draft.AuthorWords)
            if (NamesOnly(block, name))
                return true;
        var names = NamesIn(block.Text);
        draft.Authors.AddRange(names);
        return names.Count > 0;
    }

    // "Jane Doe reports", "Words: Jane Doe", "Jane Doe | The Post": the author's name with a word or a site beside it.
    private static bool NamesOnly(Block block, string name)
    {
        if (block.Words == name)
            return true;
        return name.Length > 5 && block.Kind != ParagraphKind.Heading && block.Words.Contains(name, StringComparison.Ordinal)
            && Words.Count(block.Words) <= Words.Count(name) + MostWordsBeside && !Prose.EndsWithStop(block.Text);
    }

    /// <summary>The names of a byline; empty where the block is none.</summary>
    public static IReadOnlyList<string> NamesIn(string text)
    {
        if (text.Length > 160)
            return [];
        var rest = Phrases.AfterLabel(text)
            ?? (Phrases.StartOf(Words.Of(text)) is { } start && IsApart(text, start) ? PhraseSet.After(text, start) : null);
        return rest is null ? [] : Names(rest);
    }

    // "记者 李明" names somebody, "记者手记" is a headline; a longer phrase is plain without a gap.
    private static bool IsApart(string text, string start) =>
        !DenseScript.Has(start[1]) || Words.Tokens(start) > 2 || (Words.EndOf(text, Words.Tokens(start)) is var end && end < text.Length && !char.IsLetter(text[end]));

    private static string[] Names(string rest)
    {
        var end = rest.AsSpan().IndexOfAny(NameEnds);
        var parts = Between().Split(end < 0 ? rest : rest[..end]).Select(p => p.Trim(' ', ',', '.', '-', '–', '—', '（', '）')).Where(p => p.Length > 0).ToArray();
        return parts.Length > 0 && IsName(parts[0]) ? [.. parts.TakeWhile(IsName)] : [];
    }

    // Up to five words, the first and the last with capitals where the script has any.
    private static bool IsName(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 1 and <= 5 && IsCapital(words[0][0]) && IsCapital(words[^1][0]) && DenseScript.CountIn(text) <= LongestDenseName && words.All(w => !char.IsLower(w[0]) || Particles.Contains(w));
    }

    private static bool IsCapital(char c) => char.IsUpper(c) || (char.IsLetter(c) && !char.IsLower(c));

    [GeneratedRegex(@",| and | und | et | y | e | en | och | i | и | та | й | ve | و | & |[;、，；،]", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
