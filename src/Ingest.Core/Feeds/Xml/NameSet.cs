using System.Collections.Frozen;

namespace Ingest.Core.Feeds.Xml;

/// <summary>Names compared without case and looked up by slices of a document.</summary>
internal readonly struct NameSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <param name="names">The names, separated by spaces.</param>
    public NameSet(string names) =>
        _names = names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Contains(ReadOnlySpan<char> name) => _names.Contains(name);

    /// <summary>The set's own string of a name; null when it has none.</summary>
    public string? Find(ReadOnlySpan<char> name) => _names.TryGetValue(name, out var known) ? known : null;
}
