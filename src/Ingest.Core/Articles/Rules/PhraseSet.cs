using System.Buffers;
using System.Collections.Frozen;
using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Rules;

/// <summary>
/// The phrases of one topic in every language, in the ways a block can hold them. All of them are compared in the form of <see cref="Words"/>.
/// </summary>
internal sealed class PhraseSet
{
    /// <summary>No label is longer, in characters.</summary>
    public const int LongestLabel = 60;

    private const int LongestPrompt = 320;
    private const int LongestDenseWord = 8;
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»「」『』");

    // "【图集】" and "文｜" are labels too.
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create(":：|｜】");

    private static readonly ILookup<string, string> Lines = RuleFile.Phrases
        .SelectMany(line => line.Phrases.Select(phrase => (line.Key, Phrase: Words.Of(phrase))))
        .ToLookup(x => x.Key, x => x.Phrase);

    private readonly ulong _topic;
    private readonly FrozenSet<string> _whole;
    private readonly FrozenSet<string> _labels;
    private readonly string[] _starts;
    private readonly WordTable<bool> _vocabulary;

    private PhraseSet(string topic)
    {
        _topic = PhraseIndex.Bit(topic);
        _whole = Lines[$"{topic} whole"].ToFrozenSet(StringComparer.Ordinal);
        _labels = Lines[$"{topic} label"].ToFrozenSet(StringComparer.Ordinal);
        _starts = [.. Lines[$"{topic} starts"].OrderByDescending(p => p.Length)];
        _vocabulary = new([.. RuleFile.Phrases.Where(line => line.Key == $"{topic} vocabulary").SelectMany(line => line.Phrases).SelectMany(p => p.Split(' ')).SelectMany(Vocabulary)
            .Distinct().Select(word => KeyValuePair.Create(word, true))]);
    }

    public static PhraseSet Of(string topic) => new(topic);

    /// <summary>The block is one of the phrases and nothing else.</summary>
    public bool IsWhole(Block block) => Has(block, PhraseUse.Whole);

    /// <inheritdoc cref="IsWhole(Block)"/>
    public bool IsWhole(string words) => _whole.Contains(words);

    /// <summary>The block begins with one of the phrases.</summary>
    public bool Starts(Block block) => Has(block, PhraseUse.Starts);

    /// <summary>The longest phrase that the block begins with; null when there is none.</summary>
    public string? StartOf(Block block) => Starts(block) ? StartOf(block.Words) : null;

    /// <inheritdoc cref="StartOf(Block)"/>
    public string? StartOf(string words)
    {
        foreach (var phrase in _starts)
            if (words.StartsWith(phrase, StringComparison.Ordinal))
                return phrase;
        return null;
    }

    public bool Ends(Block block) => Has(block, PhraseUse.Ends);

    /// <summary>Holds one of the phrases.</summary>
    public bool IsIn(Block block) => Has(block, PhraseUse.Anywhere);

    /// <summary>Is short, quotes nobody, and holds the parts of a phrase in their order and close together: "sign up … newsletter".</summary>
    public bool IsSpreadIn(Block block) => Has(block, PhraseUse.Spread) && block.Text.Length <= LongestPrompt && !block.Text.AsSpan().ContainsAny(Quotes);

    /// <summary>Holds a phrase that gives a block away only where no paragraph follows it.</summary>
    public bool IsBelow(Block block) => Has(block, PhraseUse.Below);

    private bool Has(Block block, PhraseUse use) => (block.Phrases[use] & _topic) != 0;

    /// <summary>Every word of the block is in the topic's vocabulary (or a number).</summary>
    public bool IsMadeOf(string words)
    {
        var any = false;
        var trimmed = words.AsSpan().Trim(' ');
        while (trimmed.Length > 0)
        {
            var end = trimmed.IndexOf(' ') is >= 0 and var space ? space : trimmed.Length;
            if (DenseScript.Has(trimmed[0]))
                end = DenseWord(trimmed);
            if (end > 0 && _vocabulary.TryGetValue(trimmed[..end], out _))
                any = true;
            else if (end == 0 || trimmed[..end].ContainsAnyExceptInRange('0', '9'))
                return false;
            trimmed = end < trimmed.Length ? trimmed[(end + 1)..] : default;
        }
        return any;
    }

    // Where no spaces part them, a word is the longest that is known; 0 when none is.
    private int DenseWord(ReadOnlySpan<char> words)
    {
        for (var end = Math.Min((words.Length - 1) | 1, 2 * LongestDenseWord - 1); end > 0; end -= 2)
            if (_vocabulary.TryGetValue(words[..end], out _))
                return end;
        return 0;
    }

    private static IEnumerable<string> Vocabulary(string word)
    {
        var words = Words.Of(word).Trim();
        return words.Length > 0 && DenseScript.Has(words[0]) ? [words] : words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What follows a label of this topic and its colon, or null when the block does not begin with one.</summary>
    public string? AfterLabel(Block block) =>
        block.Label.Length > 2 && _labels.Contains(block.Label) ? AfterColon(block.Text) : null;

    /// <inheritdoc cref="AfterLabel(Block)"/>
    public string? AfterLabel(string text)
    {
        var colon = LabelEnd(text, LongestLabel);
        return colon > 0 && _labels.Contains(Words.Of(text.AsSpan(0, colon))) ? AfterColon(text) : null;
    }

    /// <summary>Where a label's colon stands; -1 where there is none.</summary>
    public static int LabelEnd(string text, int within)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, within));
        return start.IndexOfAny(LabelEnds) is >= 0 and var end ? end : SlashIn(start);
    }

    // "文/李明", "写真＝共同"
    private static int SlashIn(ReadOnlySpan<char> start) =>
        start.IndexOfAny('/', '／', '＝') is > 0 and var slash && DenseScript.Has(start[slash - 1]) ? slash : -1;

    /// <summary>The block is a label of this topic, with or without its colon.</summary>
    public bool IsLabel(Block block) => Has(block, PhraseUse.Label);

    // The bracket that a whole line stands in is no part of what it says.
    private static string AfterColon(string text)
    {
        var rest = text[(LabelEnd(text, text.Length) + 1)..].Trim();
        return text[0] is '(' or '（' or '[' or '【' or '［' && rest is [.., ')' or '）' or ']' or '】' or '］'] && rest.AsSpan().IndexOfAny("(（[【［") < 0 ? rest[..^1].TrimEnd() : rest;
    }

    /// <summary>The text after as many words as the phrase has.</summary>
    public static string After(string text, string phrase) =>
        text[Words.EndOf(text, Words.Tokens(phrase))..].TrimStart('.', ' ').Trim(' ', ':', '-', '–', '—', '|', '/', ',', '(', ')', '：', '｜', '／', '＝', '（', '）', '】', '，', '،', '、', '・');
}
