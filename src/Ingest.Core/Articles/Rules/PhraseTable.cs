using System.Collections.Frozen;
using System.Numerics;

namespace Ingest.Core.Articles.Rules;

/// <summary>
/// Finds any of many phrases in a text in one walk over its words, whatever their number. Text and phrases are in the form of <see cref="Words"/>; a phrase without the space at its end
/// ends with the beginning of a word.
/// </summary>
internal sealed class PhraseTable<T>
{
    private const int PrefixLength = 3;
    private static readonly Entry[] None = [];

    // Phrases by what is whole of their first two words: both, the first, or only its beginning.
    private readonly Index _pairs;
    private readonly Index _words;
    private readonly Index _prefixes;

    public PhraseTable(IEnumerable<Entry> phrases)
    {
        var byWords = phrases.ToLookup(entry => Math.Min(2, Words.Tokens(entry.Text)));
        _pairs = new Index(byWords[2], text => text[1..text.IndexOf(' ', text.IndexOf(' ', 1) + 1)]);
        _words = new Index(byWords[1], text => text[1..text.IndexOf(' ', 1)]);
        _prefixes = new Index(byWords[0], text => text[1..(1 + PrefixLength)]);
    }

    public Search In(ReadOnlySpan<char> words) => new(this, words);

    /// <summary>A phrase and what it stands for.</summary>
    internal sealed record Entry(string Text, T Value);

    /// <summary>
    /// Phrases by a key. Most words begin none: a bit for each hash says so, and the hash is made of the characters while the end of the word is looked for.
    /// </summary>
    private sealed class Index
    {
        // A word that begins no phrase is taken for one that may in less than one of sixteen cases.
        private const int BitsForEach = 16;

        private readonly ulong[] _marks;
        private readonly FrozenDictionary<string, Entry[]>.AlternateLookup<ReadOnlySpan<char>> _entries;

        public Index(IEnumerable<Entry> entries, Func<string, string> key)
        {
            var groups = entries.ToLookup(entry => key(entry.Text), StringComparer.Ordinal);
            _marks = new ulong[BitOperations.RoundUpToPowerOf2((uint)groups.Count * BitsForEach / 64 + 1)];
            foreach (var group in groups)
            {
                var hash = HashOf(group.Key);
                _marks[(hash >> 6) & (_marks.Length - 1)] |= 1UL << (int)hash;
            }
            _entries = groups.ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public bool MayHold(uint hash) => (_marks[(hash >> 6) & (_marks.Length - 1)] >> (int)hash & 1) != 0;

        public Entry[] Of(ReadOnlySpan<char> key, uint hash) => MayHold(hash) && _entries.TryGetValue(key, out var entries) ? entries : None;

        private static uint HashOf(string key)
        {
            var (hash, first) = (0u, -1L);
            foreach (var c in key)
                if (c == ' ')
                    (hash, first) = (0, hash);
                else
                    hash = Hash(hash, c);
            return first < 0 ? hash : Hash((uint)first, hash);
        }
    }

    private static uint Hash(uint hash, uint next) => (hash ^ next) * 0x9E3779B1 >> 3;

    /// <summary>The phrases in a text, with the place of the space before each.</summary>
    internal ref struct Search(PhraseTable<T> table, ReadOnlySpan<char> words)
    {
        private readonly ReadOnlySpan<char> _words = words;
        private Entry[] _candidates = None;
        private int _candidate;
        private int _word = -1;
        private int _next;
        private uint _hash;
        private uint _opening;
        private Stage _stage = Stage.NextWord;

        private enum Stage
        {
            NextWord,
            Word,
            Prefix,
        }

        public int At { get; private set; }

        public Entry Current { get; private set; } = null!;

        public readonly Search GetEnumerator() => this;

        public bool MoveNext()
        {
            do
                while (_candidate < _candidates.Length)
                {
                    Current = _candidates[_candidate++];
                    if (_words[At..].StartsWith(Current.Text, StringComparison.Ordinal))
                        return true;
                }
            while (NextCandidates());
            return false;
        }

        private bool NextCandidates()
        {
            _candidate = 0;
            switch (_stage)
            {
                case Stage.NextWord:
                    if (!FindWord(out var before, out var pair))
                        return false;
                    (At, _stage) = (before, Stage.Word);
                    _candidates = before < 0 ? None : table._pairs.Of(_words[(before + 1).._next], pair);
                    break;
                case Stage.Word:
                    (At, _stage) = (_word, Stage.Prefix);
                    _candidates = table._words.Of(_words[(_word + 1).._next], _hash);
                    break;
                default:
                    _stage = Stage.NextWord;
                    _candidates = _next - _word > PrefixLength ? table._prefixes.Of(_words.Slice(_word + 1, PrefixLength), _opening) : None;
                    break;
            }
            return true;
        }

        // The next word that may begin a phrase, or end the first two words of one.
        private bool FindWord(out int before, out uint pair)
        {
            do
            {
                (before, pair) = (_word, _hash);
                if (_next >= _words.Length - 1)
                    return false;
                ReadWord();
                pair = Hash(pair, _hash);
            }
            while (!table._words.MayHold(_hash) && !table._pairs.MayHold(pair) && !table._prefixes.MayHold(_opening));
            return true;
        }

        private void ReadWord()
        {
            (_word, _hash, _opening) = (_next, 0, 0);
            for (_next++; _words[_next] != ' '; _next++)
            {
                _hash = Hash(_hash, _words[_next]);
                if (_next == _word + PrefixLength)
                    _opening = _hash;
            }
        }
    }
}
