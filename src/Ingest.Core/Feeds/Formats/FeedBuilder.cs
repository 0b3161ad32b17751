using Ingest.Core.Feeds.Modules;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Gathers a feed, or the feed that an entry names as its source.</summary>
internal sealed class FeedBuilder(ProblemLog problems, FeedLimits limits) : ItemBuilder(problems)
{
    private readonly List<ParsedEntry> _entries = [];

    public Ranked<FeedText> Description;
    public Ranked<FeedGenerator> Generator;
    public string? Docs { get; set; }
    public string? Ttl { get; set; }
    public Timetable Timetable { get; } = new();
    public string? Icon { get; set; }
    public string? Logo { get; set; }
    public FeedCloud? Cloud { get; set; }
    public FeedTextInput? TextInput { get; set; }
    public string? NewLocation { get; set; }

    /// <summary>Reads and adds an entry, unless there are enough of them.</summary>
    public void Add<T>(T source, Func<T, ProblemLog, ParsedEntry> read)
    {
        if (_entries.Count == limits.MaxEntries)
        {
            Problems.Note(FeedProblemKind.TooManyEntries);
            return;
        }

        Problems.Entry = _entries.Count;
        _entries.Add(read(source, Problems));
        Problems.Entry = -1;
    }

    public IReadOnlyList<ParsedEntry> KeyedEntries() => EntryKeys.Of(_entries, Problems);
}
