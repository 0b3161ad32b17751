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
        _pairs = new Index(byWords[2], text => WordHash.OfPair(WordHash.Of(Word(text, 0)), WordHash.Of(Word(text, text.IndexOf(' ', 1)))));
        _words = new Index(byWords[1], text => WordHash.Of(Word(text, 0)));
        _prefixes = new Index(byWords[0], text => WordHash.Of(text.AsSpan(1, PrefixLength)));
    }

    public Search In(ReadOnlySpan<char> words) => new(this, words);

    /// <summary>A phrase and what it stands for.</summary>
    internal sealed record Entry(string Text, T Value);

    /// <summary>Phrases by the hash of their key. Most words begin none, which a bit for each hash says; two keys of one hash are told apart when the text is compared.</summary>
    private sealed class Index
    {
        // A word that begins no phrase is taken for one that may in less than one of sixteen cases.
        private const int BitsForEach = 16;

        private readonly ulong[] _marks;
        private readonly (uint Hash, Entry[]? Entries)[] _slots;

        public Index(IEnumerable<Entry> entries, Func<string, uint> hashOf)
        {
            var groups = entries.ToLookup(entry => hashOf(entry.Text));
            _marks = new ulong[BitOperations.RoundUpToPowerOf2((uint)groups.Count * BitsForEach / 64 + 1)];
            _slots = new (uint, Entry[]?)[BitOperations.RoundUpToPowerOf2(2 * (uint)groups.Count + 1)];
            foreach (var group in groups)
            {
                _marks[(group.Key >> 6) & (_marks.Length - 1)] |= 1UL << (int)group.Key;
                _slots[SlotOf(group.Key)] = (group.Key, [.. group]);
            }
        }

        public bool MayHold(uint hash) => (_marks[(hash >> 6) & (_marks.Length - 1)] >> (int)hash & 1) != 0;

        public Entry[] Of(uint hash) => MayHold(hash) ? _slots[SlotOf(hash)].Entries ?? None : None;

        // Its own, or the next free one.
        private uint SlotOf(uint hash)
        {
            var slot = hash & ((uint)_slots.Length - 1);
            while (_slots[slot].Entries is not null && _slots[slot].Hash != hash)
                slot = (slot + 1) & ((uint)_slots.Length - 1);
            return slot;
        }
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, int space)
    {
        var rest = text[(space + 1)..];
        return rest[..rest.IndexOf(' ')];
    }

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
                    if (_words[At..].StartsWith(Current.Text))
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
                    _candidates = before < 0 ? None : table._pairs.Of(pair);
                    break;
                case Stage.Word:
                    (At, _stage) = (_word, Stage.Prefix);
                    _candidates = table._words.Of(_hash);
                    break;
                default:
                    _stage = Stage.NextWord;
                    _candidates = table._prefixes.Of(_opening);
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
                pair = WordHash.OfPair(pair, _hash);
            }
            while (!table._words.MayHold(_hash) && !table._pairs.MayHold(pair) && !table._prefixes.MayHold(_opening));
            return true;
        }

        private void ReadWord()
        {
            var word = Word(_words, _next);
            (_word, _next) = (_next, _next + 1 + word.Length);
            (_hash, _opening) = (WordHash.Of(word), word.Length < PrefixLength ? 0 : WordHash.Of(word[..PrefixLength]));
        }
    }
}
