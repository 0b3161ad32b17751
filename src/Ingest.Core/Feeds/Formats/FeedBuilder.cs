using Ingest.Core.Feeds.Modules;
using Ingest.Core.Feeds.Xml;

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
    public void Add(XmlElement element, Func<XmlElement, ProblemLog, ParsedEntry> read)
    {
        if (BeginEntry())
        {
            EndEntry(read(element, Problems));
        }
    }

    /// <summary>False when there are enough entries.</summary>
    public bool BeginEntry()
    {
        if (_entries.Count == limits.MaxEntries)
        {
            Problems.Note(FeedProblemKind.TooManyEntries);
            return false;
        }

        Problems.Entry = _entries.Count;
        return true;
    }

    public void EndEntry(ParsedEntry entry)
    {
        _entries.Add(entry);
        Problems.Entry = -1;
    }

    public IReadOnlyList<ParsedEntry> KeyedEntries() => EntryKeys.Of(_entries, Problems);
}
