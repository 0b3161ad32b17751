using Ingest.Newsroom.Grammar;

namespace Ingest.Newsroom.Residue;

/// <summary>Deals the wordings of each kind, and marked and bare markup, in turn over the whole world, so that none is missed.</summary>
internal sealed class Wordings(int seed)
{
    private readonly Dictionary<string, Queue<string>> _bags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _bareLast = new(StringComparer.Ordinal);
    private readonly Dice _dice = new(seed, "wordings");

    /// <summary>Marked after bare and bare after marked, for each kind and language.</summary>
    public Dress NextDress(string language, string kind)
    {
        var key = $"{language[..2]}/{kind}";
        var bare = !_bareLast.GetValueOrDefault(key, _dice.Chance(0.5));
        _bareLast[key] = bare;
        return bare ? Dress.Bare : Dress.Marked;
    }

    public string Next(PhraseBook book, string language, string section)
    {
        var key = $"{language[..2]}/{section}";
        if (!_bags.TryGetValue(key, out var bag) || bag.Count == 0)
        {
            _bags[key] = bag = new Queue<string>(_dice.Shuffled(book[section]));
        }
        return bag.Dequeue();
    }
}
