using System.Buffers;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Extraction;

/// <summary>What the names in a class, an id or a custom element say. <paramref name="Rank"/> is the kind's place in the rule file: the first one wins.</summary>
internal readonly record struct NameHint(int Rank, bool IsBody, bool IsAuthor)
{
    public static readonly NameHint None = new(int.MaxValue, false, false);

    public ResidueKind? Residue => NameHints.KindOf(Rank);

    public NameHint Or(NameHint other) => new(Math.Min(Rank, other.Rank), IsBody || other.IsBody, IsAuthor || other.IsAuthor);
}

/// <summary>Reads names by the words of <c>Rules/markup.txt</c>. The same few classes stand at most elements of a page, so what was read is kept for the page.</summary>
internal sealed class NameHints
{
    // Longer lists of classes are a framework's, and say how a thing looks.
    private const int LongestNames = 400;
    private const int BodyRank = -1;
    private const int AuthorRank = -2;
    private const int Kept = 128;

    // The kinds in their order of precedence.
    private static readonly ResidueKind[] Kinds = [.. RuleFile.Read("markup.txt").Select(line => ResidueKinds.Parse(line.Key)).OfType<ResidueKind>().Distinct()];

    private static readonly SearchValues<string> NoAuthors = Within("no-author");
    private static readonly SearchValues<string> Kickers = Within("kicker");

    private static readonly PhraseTable<int> Names = new(RuleFile.Read("markup.txt").Where(line => RankOf(line.Key) < int.MaxValue).SelectMany(line =>
        line.Phrases.Select(phrase => new PhraseTable<int>.Entry(phrase.EndsWith('*') ? $" {phrase[..^1]}" : $" {phrase} ", RankOf(line.Key)))));

    private readonly (ReadOnlyMemory<char> Names, NameHint Hint)[] _kept = new (ReadOnlyMemory<char>, NameHint)[Kept];

    public static ResidueKind? KindOf(int rank) => rank < Kinds.Length ? Kinds[rank] : null;

    /// <summary>The class calls its element the line over a headline.</summary>
    public static bool IsKicker(ReadOnlySpan<char> names) => names.ContainsAny(Kickers);

    private static int RankOf(string key) => key switch
    {
        "body" => BodyRank,
        "author" => AuthorRank,
        _ => ResidueKinds.Parse(key) is { } kind ? Array.IndexOf(Kinds, kind) : int.MaxValue,
    };

    private static SearchValues<string> Within(string topic) =>
        SearchValues.Create([.. RuleFile.Read("markup.txt").Where(line => line.Key == $"{topic} within").SelectMany(line => line.Phrases)], StringComparison.OrdinalIgnoreCase);

    public NameHint Of(ReadOnlyMemory<char> names)
    {
        var span = names.Span;
        if (span.Length is 0 or > LongestNames)
            return NameHint.None;
        ref var kept = ref _kept[(span.Length * 31 + span[0] * 7 + span[^1] * 131 + span[span.Length / 2] * 17) % Kept];
        if (!kept.Names.Span.SequenceEqual(span))
            kept = (names, Read(span));
        return kept.Hint;
    }

    private static NameHint Read(ReadOnlySpan<char> names)
    {
        Span<char> words = stackalloc char[(2 * names.Length) + 2];
        words[0] = ' ';
        var (best, isBody, isAuthor) = (int.MaxValue, false, false);
        foreach (var found in Names.In(words[..Split(names, words)]))
            if (found.Value is BodyRank)
                isBody = true;
            else if (found.Value is AuthorRank)
                isAuthor = true;
            else
                best = Math.Min(best, found.Value);
        return new NameHint(best, isBody, isAuthor && !names.ContainsAny(NoAuthors));
    }

    // "articleShareBar share_bar-2" becomes " article share bar share bar 2 ".
    private static int Split(ReadOnlySpan<char> names, Span<char> words)
    {
        var end = 1;
        var before = ' ';
        foreach (var c in names)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                words[end++] = c;
            }
            else if (char.IsLetterOrDigit(c))
            {
                if (char.IsUpper(c) && char.IsLower(before))
                    words[end++] = ' ';
                words[end++] = char.ToLowerInvariant(c);
            }
            else if (words[end - 1] != ' ')
            {
                words[end++] = ' ';
            }
            before = c;
        }
        if (words[end - 1] != ' ')
            words[end++] = ' ';
        return end;
    }
}
