using Ingest.Core.Articles.Extraction;
using Ingest.Core.Articles.Rules;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>What tells a headline from other lines.</summary>
internal static class Headlines
{
    private const double SameWords = 0.8;
    private const double KnownWords = 0.5;
    private const int FewestWords = 4;
    private const int FarthestTitle = 3;

    /// <summary>The line says the title, give or take a section's or a site's name.</summary>
    public static bool Same(Block line, string title) => Same(line, KnownTitle.Of(title));

    /// <inheritdoc cref="Same(Block, string)"/>
    public static bool Same(Block line, KnownTitle title)
    {
        if (line.Length > 2 * title.Length + 40 || line.Words.Length < 3)
            return false;
        if (line.Words == title.Words)
            return true;
        if (Words.Tokens(line.Words) < SameWords * title.Distinct.Count)
            return false;
        if (title.Distinct.Count < 3 || SharedWords(line.Words, title.Distinct) < SameWords * title.Distinct.Count)
            return false;
        var (a, b) = (Split(line.Words), title.Distinct);
        return Math.Min(a.Count, b.Count) >= 3 && a.Count(b.Contains) >= SameWords * Math.Max(a.Count, b.Count);
    }

    /// <summary>The blocks; one of the first that begins with the title and goes on, as where a page parts them by a line break, is two.</summary>
    public static IReadOnlyList<Block> Apart(IReadOnlyList<Block> blocks, IReadOnlyList<string> titles)
    {
        for (var at = 0; at < Math.Min(blocks.Count, FarthestTitle); at++)
            foreach (var title in titles)
                if (blocks[at] is { Kind: ParagraphKind.Paragraph } block && block.Text.Length > title.Length + 1 && Words.Count(Words.Of(title)) >= FewestWords
                    && block.Text.StartsWith(title, StringComparison.Ordinal) && block.Text[title.Length] == ' ' && char.IsUpper(block.Text[title.Length + 1]))
                    return [.. blocks.Take(at), Part(block, title), Part(block, block.Text[(title.Length + 1)..]), .. blocks.Skip(at + 1)];
        return blocks;
    }

    private static Block Part(Block block, string text) => new(text, block.Kind, block.Region) { Weight = Prose.Weigh(text, 0), PartOf = block };

    /// <summary>
    /// Could be this article's headline where nothing else tells its title: a line of some words without a stop, most of whose longer words
    /// the article uses.
    /// </summary>
    public static bool Plausible(Block line, IReadOnlySet<string> bodyWords)
    {
        if (line.IsSentence || line.Length > 220 || Words.Count(line.Words) < FewestWords || line.Text[^1] is '.' or ':' or ';' or ',' or '。' or '：' or '；' or '，' or '、' or '،')
            return false;
        var telling = Split(line.Words).Where(w => w.Length > 3 || DenseScript.Has(w[0])).ToList();
        return telling.Count > 1 && telling.Count(bodyWords.Contains) >= KnownWords * telling.Count;
    }

    // With repetitions: at least as many as without.
    private static int SharedWords(string words, HashSet<string> known)
    {
        var (lookup, count) = (known.GetAlternateLookup<ReadOnlySpan<char>>(), 0);
        foreach (var range in words.AsSpan().Split(' '))
            if (lookup.Contains(words.AsSpan()[range]))
                count++;
        return count;
    }

    /// <summary>A title as lines are compared with it, prepared once.</summary>
    internal sealed record KnownTitle(int Length, string Words, HashSet<string> Distinct)
    {
        public static KnownTitle Of(string title)
        {
            var words = Rules.Words.Of(title);
            return new KnownTitle(DenseScript.Length(title), words, Split(words));
        }
    }

    public static HashSet<string> Split(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
