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
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    private static readonly ILookup<string, string> Lines = RuleFile.Phrases
        .SelectMany(line => line.Phrases.Select(phrase => (line.Key, Phrase: Words.Of(phrase))))
        .ToLookup(x => x.Key, x => x.Phrase);

    private readonly ulong _topic;
    private readonly FrozenSet<string> _whole;
    private readonly FrozenSet<string> _labels;
    private readonly string[] _starts;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;

    private PhraseSet(string topic)
    {
        _topic = PhraseIndex.Bit(topic);
        _whole = Lines[$"{topic} whole"].ToFrozenSet(StringComparer.Ordinal);
        _labels = Lines[$"{topic} label"].ToFrozenSet(StringComparer.Ordinal);
        _starts = [.. Lines[$"{topic} starts"].OrderByDescending(p => p.Length)];
        _vocabulary = Lines[$"{topic} vocabulary"].SelectMany(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
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
        foreach (var range in trimmed.Split(' '))
        {
            var word = trimmed[range];
            if (_vocabulary.Contains(word))
                any = true;
            else if (word.ContainsAnyExceptInRange('0', '9'))
                return false;
        }
        return any;
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
    public static int LabelEnd(string text, int within) => text.AsSpan(0, Math.Min(text.Length, within)).IndexOfAny(":：|");

    /// <summary>The block is a label of this topic, with or without its colon.</summary>
    public bool IsLabel(Block block) => Has(block, PhraseUse.Label);

    private static string AfterColon(string text) => text[(LabelEnd(text, text.Length) + 1)..].Trim();

    /// <summary>The text after as many words as the phrase has.</summary>
    public static string After(string text, string phrase)
    {
        var left = Words.Count(phrase);
        var at = 0;
        for (var inside = false; at < text.Length; at++)
        {
            var letter = char.IsLetterOrDigit(text[at]) || (inside && text[at] is '\'' or '’');
            if (inside && !letter && --left == 0)
                break;
            inside = letter;
        }
        return text[at..].TrimStart('.', ' ').Trim(' ', ':', '-', '–', '—', '|', '/', ',', '(', ')', '：');
    }
}
