using Ingest.Newsroom.Grammar;

namespace Ingest.Newsroom.Residue;

/// <summary>Deals the wordings of each kind in turn over the whole world, so that none is missed.</summary>
internal sealed class Wordings(int seed)
{
    private readonly Dictionary<string, Queue<string>> _bags = new(StringComparer.Ordinal);
    private readonly Dice _dice = new(seed, "wordings");

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
