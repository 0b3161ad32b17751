using System.Collections.Frozen;

namespace Ingest.Core.Articles.Rules;

/// <summary>
/// Finds any of many phrases in a text in one walk over its words, whatever their number. Text and phrases are in the form of <see cref="Words"/>; a phrase without the space at its end
/// is the beginning of a word.
/// </summary>
internal sealed class PhraseTable<T>
{
    private const int PrefixLength = 3;
    private const int Traits = 4096;

    private readonly FrozenDictionary<string, Entry[]>.AlternateLookup<ReadOnlySpan<char>> _byFirstWord;
    private readonly FrozenDictionary<string, Entry[]>.AlternateLookup<ReadOnlySpan<char>> _byPrefix;

    // Most words begin no phrase: their ends and length tell, before they are hashed whole.
    private readonly bool[] _mayBegin = new bool[Traits];

    public PhraseTable(IEnumerable<Entry> phrases)
    {
        var all = phrases.ToLookup(entry => entry.Text.IndexOf(' ', 1) < 0);
        var whole = all[false].ToLookup(entry => entry.Text[1..entry.Text.IndexOf(' ', 1)], StringComparer.Ordinal);
        foreach (var group in whole)
            _mayBegin[Trait(group.Key)] = true;
        _byFirstWord = whole.ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _byPrefix = all[true].GroupBy(entry => entry.Text[1..(1 + PrefixLength)], StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public Search In(ReadOnlySpan<char> words) => new(this, words);

    private static int Trait(ReadOnlySpan<char> word) => ((word[0] * 31) + (word[^1] * 7) + (word[word.Length / 2] * 131) + (word.Length * 1021)) & (Traits - 1);

    /// <summary>A phrase and what it stands for.</summary>
    internal sealed record Entry(string Text, T Value);

    /// <summary>The phrases in a text, with the place of the space before each.</summary>
    internal ref struct Search(PhraseTable<T> table, ReadOnlySpan<char> words)
    {
        private readonly ReadOnlySpan<char> _words = words;
        private Entry[] _whole = [];
        private Entry[] _prefixes = [];
        private int _next;
        private int _candidate;

        public int At { get; private set; }

        public Entry Current { get; private set; } = null!;

        public readonly Search GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                while (_candidate < _whole.Length + _prefixes.Length)
                {
                    Current = _candidate < _whole.Length ? _whole[_candidate] : _prefixes[_candidate - _whole.Length];
                    _candidate++;
                    if (_words[At..].StartsWith(Current.Text, StringComparison.Ordinal))
                        return true;
                }
                if (_next >= _words.Length - 1)
                    return false;
                Candidates();
            }
        }

        private void Candidates()
        {
            At = _next;
            var length = _words[(At + 1)..].IndexOf(' ');
            var word = _words.Slice(At + 1, length);
            _next = At + length + 1;
            _candidate = 0;
            if (!table._mayBegin[Trait(word)] || !table._byFirstWord.TryGetValue(word, out _whole!))
                _whole = [];
            if (table._byPrefix.Dictionary.Count == 0 || word.Length < PrefixLength || !table._byPrefix.TryGetValue(word[..PrefixLength], out _prefixes!))
                _prefixes = [];
        }
    }
}
