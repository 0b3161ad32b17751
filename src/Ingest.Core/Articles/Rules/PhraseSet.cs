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

    // Between the parts of a spread phrase stand a few words, not another sentence.
    private const int WidestSpread = 70;
    private const int LongestPrompt = 200;
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    private static readonly ILookup<string, string> Lines = RuleFile.Languages
        .SelectMany(language => RuleFile.Read($"{language}.txt"))
        .SelectMany(line => line.Phrases.Select(phrase => (line.Key, Phrase: line.Key.EndsWith(" spread", StringComparison.Ordinal) ? phrase : Words.Of(phrase))))
        .ToLookup(x => x.Key, x => x.Phrase);

    // Most blocks hold no phrase of any topic: one search over all of them spares a search for each topic.
    private static readonly SearchValues<string> OfEveryTopic = SearchValues.Create(
        [.. Lines.Where(line => line.Key.EndsWith(" anywhere", StringComparison.Ordinal) || line.Key.EndsWith(" below", StringComparison.Ordinal)).SelectMany(line => line),
         .. Lines.Where(line => line.Key.EndsWith(" spread", StringComparison.Ordinal)).SelectMany(line => line).Select(phrase => Fragment(phrase.Split('…')[0]))],
        StringComparison.Ordinal);

    private readonly FrozenSet<string> _whole;
    private readonly FrozenSet<string> _labels;
    private readonly string[] _starts;
    private readonly string[] _ends;
    private readonly SearchValues<string> _anywhere;
    private readonly SearchValues<string> _below;
    private readonly string[][] _spread;
    private readonly SearchValues<string> _spreadStarts;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;

    private PhraseSet(string topic)
    {
        _whole = Lines[$"{topic} whole"].ToFrozenSet(StringComparer.Ordinal);
        _labels = Lines[$"{topic} label"].ToFrozenSet(StringComparer.Ordinal);
        _starts = [.. Lines[$"{topic} starts"].OrderByDescending(p => p.Length)];
        _ends = [.. Lines[$"{topic} ends"]];
        _anywhere = SearchValues.Create([.. Lines[$"{topic} anywhere"]], StringComparison.Ordinal);
        _below = SearchValues.Create([.. Lines[$"{topic} below"]], StringComparison.Ordinal);
        _spread = [.. Lines[$"{topic} spread"].Select(p => p.Split('…').Select(Fragment).ToArray())];
        _spreadStarts = SearchValues.Create([.. _spread.Select(parts => parts[0])], StringComparison.Ordinal);
        _vocabulary = Lines[$"{topic} vocabulary"].SelectMany(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static PhraseSet Of(string topic) => new(topic);

    /// <summary>The block is one of the phrases and nothing else.</summary>
    public bool IsWhole(string words) => _whole.Contains(words);

    /// <summary>The longest phrase that the block begins with; null when there is none.</summary>
    public string? StartOf(string words)
    {
        foreach (var phrase in _starts)
            if (words.StartsWith(phrase, StringComparison.Ordinal))
                return phrase;
        return null;
    }

    public bool Ends(string words) => Array.Exists(_ends, p => words.EndsWith(p, StringComparison.Ordinal));

    /// <summary>Holds a phrase of some topic, or the beginning of a spread one; false answers every topic's <see cref="IsIn"/> and the like.</summary>
    public static bool HoldsAny(string words) => words.AsSpan().ContainsAny(OfEveryTopic);

    /// <summary>Holds one of the phrases.</summary>
    public bool IsIn(Block block) => block.HoldsPhrase && block.Words.AsSpan().ContainsAny(_anywhere);

    /// <summary>Is short, quotes nobody, and holds the parts of a phrase in their order and close together: "sign up … newsletter".</summary>
    public bool IsSpreadIn(Block block) =>
        block.HoldsPhrase && block.Text.Length <= LongestPrompt && block.Words.AsSpan().ContainsAny(_spreadStarts) && !block.Text.AsSpan().ContainsAny(Quotes) && Array.Exists(_spread, parts => HoldsAll(block.Words, parts));

    /// <summary>Holds a phrase that gives a block away only where no paragraph follows it.</summary>
    public bool IsBelow(string words) => words.AsSpan().ContainsAny(_below);

    private static bool HoldsAll(string words, string[] parts)
    {
        var at = words.IndexOf(parts[0], StringComparison.Ordinal);
        foreach (var part in parts.AsSpan(1))
        {
            if (at < 0)
                return false;
            // The space after one part may be the one before the next.
            var rest = words.AsSpan(at + 1);
            var next = rest[..Math.Min(rest.Length, WidestSpread)].IndexOf(part, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return at >= 0;
    }

    // A part that ends in * is the beginning of a word.
    private static string Fragment(string part) =>
        part.TrimEnd().EndsWith('*') ? Words.Of(part)[..^1] : Words.Of(part);

    /// <summary>Every word of the block is in the topic's vocabulary (or a number).</summary>
    public bool IsMadeOf(string words)
    {
        var any = false;
        foreach (var range in words.AsSpan().Trim(' ').Split(' '))
        {
            var word = words.AsSpan().Trim(' ')[range];
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
    public bool IsLabel(string words) => _labels.Contains(words);

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
