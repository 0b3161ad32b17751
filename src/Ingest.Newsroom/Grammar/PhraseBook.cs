using System.Collections.Concurrent;

namespace Ingest.Newsroom.Grammar;

/// <summary>The word tables of one language: sections of phrases, which may hold slots such as <c>{town}</c>.</summary>
/// <remarks>A section of a topic is written <c>[harbour.actor]</c>; it outranks <c>[actor]</c> while that topic is written about.</remarks>
internal sealed class PhraseBook
{
    private static readonly ConcurrentDictionary<string, PhraseBook> Loaded = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _sections;

    private PhraseBook(Dictionary<string, IReadOnlyList<string>> sections) => _sections = sections;

    /// <summary>The languages there are books of, as two letters.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. typeof(PhraseBook).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("grammar.", StringComparison.Ordinal)).Select(name => name[8..]).Order(StringComparer.Ordinal)];

    /// <summary>The book of a language, by the first two letters of its tag.</summary>
    public static PhraseBook Of(string language) => Loaded.GetOrAdd(language[..2], Load);

    public IReadOnlyList<string> Topics { get; private init; } = [];

    public IReadOnlyList<string> this[string section] =>
        _sections.TryGetValue(section, out var phrases)
            ? phrases
            : throw new InvalidOperationException($"The word tables have no section [{section}].");

    public bool Has(string section) => _sections.ContainsKey(section);

    private static PhraseBook Load(string language)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var part in (string[])["grammar", "residue"])
        {
            Read($"{part}.{language}", sections);
        }
        return new PhraseBook(sections.ToDictionary(s => s.Key, s => (IReadOnlyList<string>)s.Value, StringComparer.Ordinal))
        {
            Topics = [.. sections.Keys.Where(k => k.EndsWith(".actor", StringComparison.Ordinal)).Select(k => k[..^6])],
        };
    }

    private static void Read(string resource, Dictionary<string, List<string>> sections)
    {
        using var stream = typeof(PhraseBook).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"No word table {resource}.");
        using var reader = new StreamReader(stream);
        List<string> section = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                sections[line.Trim('[', ']')] = section = [];
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                section.Add(line);
            }
        }
    }
}
