namespace Ingest.Core.Articles.Rules;

/// <summary>How a topic's phrases may stand in a block.</summary>
internal enum PhraseUse
{
    Whole,
    Starts,
    Ends,
    Anywhere,
    Below,
    Spread,
    Label,
}

/// <summary>All phrases of all topics, so that one walk over a block's words answers every topic's question.</summary>
internal static class PhraseIndex
{
    // Between the parts of a spread phrase ("sign up … newsletter") stand a few words, not another sentence.
    private const int WidestSpread = 70;

    private static readonly List<string> Topics;
    private static readonly PhraseTable<Meaning> Table;

    static PhraseIndex()
    {
        var lines = RuleFile.Phrases.Select(line => (Key: line.Key.Split(' '), line.Phrases)).ToList();
        Topics = [.. lines.Select(line => line.Key[0]).Distinct().Order(StringComparer.Ordinal)];
        if (Topics.Count > 64)
            throw new InvalidOperationException("There are more topics than bits.");
        Table = new PhraseTable<Meaning>(lines.Where(line => line.Key[1] != "vocabulary")
            .SelectMany(line => line.Phrases.Select(phrase => EntryOf(Bit(line.Key[0]), Enum.Parse<PhraseUse>(line.Key[1], ignoreCase: true), phrase))));
    }

    /// <summary>A topic's bit in <see cref="PhraseHits"/>.</summary>
    public static ulong Bit(string topic) => 1UL << Topics.IndexOf(topic);

    /// <param name="words">A block in the form of <see cref="Words"/>.</param>
    public static PhraseHits Find(ReadOnlySpan<char> words)
    {
        PhraseHits? hits = null;
        var search = Table.In(words);
        while (search.MoveNext())
        {
            var meaning = search.Current.Value;
            var rest = words[search.At..];
            if (Fits(meaning, search.Current.Text, rest, search.At == 0))
                (hits ??= new PhraseHits())[meaning.Use] |= meaning.Topic;
        }
        return hits ?? PhraseHits.None;
    }

    private static bool Fits(Meaning meaning, string phrase, ReadOnlySpan<char> rest, bool begins) => meaning.Use switch
    {
        PhraseUse.Whole or PhraseUse.Label => begins && rest.Length == phrase.Length,
        PhraseUse.Starts => begins,
        PhraseUse.Ends => rest.Length == phrase.Length,
        PhraseUse.Spread => HoldsAll(rest[1..], meaning.Parts),
        _ => true,
    };

    private static bool HoldsAll(ReadOnlySpan<char> rest, string[] parts)
    {
        foreach (var part in parts)
        {
            var next = rest[..Math.Min(rest.Length, WidestSpread)].IndexOf(part, StringComparison.Ordinal);
            if (next < 0)
                return false;
            // The space after one part may be the one before the next.
            rest = rest[(next + 1)..];
        }
        return true;
    }

    private static PhraseTable<Meaning>.Entry EntryOf(ulong topic, PhraseUse use, string phrase)
    {
        var parts = use is PhraseUse.Spread ? phrase.Split('…') : [phrase];
        return new PhraseTable<Meaning>.Entry(Fragment(parts[0]), new Meaning(topic, use, [.. parts.Skip(1).Select(Fragment)]));
    }

    // What ends in * is the beginning of a word.
    private static string Fragment(string part) => part.TrimEnd().EndsWith('*') ? Words.Of(part)[..^1] : Words.Of(part);

    private readonly record struct Meaning(ulong Topic, PhraseUse Use, string[] Parts);
}

/// <summary>For each <see cref="PhraseUse"/>, the topics that have a phrase in a block in that place.</summary>
internal sealed class PhraseHits
{
    public static readonly PhraseHits None = new();

    private readonly ulong[] _topics = new ulong[Enum.GetValues<PhraseUse>().Length];

    public ulong this[PhraseUse use]
    {
        get => _topics[(int)use];
        set => _topics[(int)use] = value;
    }
}
