namespace Ingest.Core.Feeds;

/// <summary>Notes the problems of one document while it is read. Bounded: of each kind a count and the first places.</summary>
internal sealed class ProblemLog
{
    private const int MostPlaces = 10;

    /// <summary>The last kind of the group that makes a document malformed.</summary>
    private const FeedProblemKind LastOfMalformed = FeedProblemKind.BrokenJson;

    private readonly Dictionary<FeedProblemKind, (int Count, List<(int Offset, int Entry)> Places)> _problems = [];

    /// <summary>The index of the entry that is being read; -1 outside of entries.</summary>
    public int Entry { get; set; } = -1;

    public bool IsMalformed { get; private set; }

    /// <summary>Some problem has an offset.</summary>
    public bool HasPlaces { get; private set; }

    /// <summary>Notes a problem of the markup, at an offset of the text.</summary>
    public void At(int offset, FeedProblemKind kind) => Add(kind, offset, -1);

    /// <summary>Notes a problem of what the entry at hand says, or the feed.</summary>
    public void Note(FeedProblemKind kind) => Add(kind, -1, Entry);

    /// <summary>Notes a problem of an entry.</summary>
    public void Note(FeedProblemKind kind, int entry) => Add(kind, -1, entry);

    /// <summary>All that was noted, in the order of the kinds.</summary>
    public IReadOnlyList<FeedProblem> List(ReadOnlySpan<char> text)
    {
        if (_problems.Count == 0)
        {
            return [];
        }

        var list = new List<FeedProblem>(_problems.Count);
        foreach (var (kind, (count, noted)) in _problems.OrderBy(problem => problem.Key))
        {
            var places = new List<ProblemPlace>(noted.Count);
            foreach (var (offset, entry) in noted)
            {
                if (Math.Max(offset, entry) >= 0)
                {
                    places.Add(offset < 0 ? new ProblemPlace(null, null, entry) : Place(text[..Math.Min(offset, text.Length)]));
                }
            }

            list.Add(new FeedProblem(kind, count, places));
        }

        return list;
    }

    private static ProblemPlace Place(ReadOnlySpan<char> before) =>
        new(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), null);

    private void Add(FeedProblemKind kind, int offset, int entry)
    {
        HasPlaces |= offset >= 0;
        IsMalformed |= kind <= LastOfMalformed;
        var (count, places) = _problems.TryGetValue(kind, out var known) ? known : (0, []);
        if (count < MostPlaces)
        {
            places.Add((offset, entry));
        }

        _problems[kind] = (count + 1, places);
    }
}
