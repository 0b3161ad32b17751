namespace Ingest.Newsroom;

/// <summary>Chance that depends on nothing but a seed and a name.</summary>
internal sealed class Dice
{
    private readonly Random _random;

    public Dice(int seed, string name) => _random = new Random(unchecked((seed * 16777619) ^ StableHash(name)));

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => _random.Next(low, high + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> from)
    {
        T[] all = [.. from];
        _random.Shuffle(all);
        return all;
    }

    /// <summary>FNV-1a: string.GetHashCode differs from process to process.</summary>
    public static int StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }
        return unchecked((int)hash);
    }
}
