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

        var lines = Places(text);
        return
        [
            .. _problems.OrderBy(problem => problem.Key).Select(problem => new FeedProblem(
                problem.Key,
                problem.Value.Count,
                [.. problem.Value.Places.Where(place => Math.Max(place.Offset, place.Entry) >= 0).Select(place => place.Offset < 0 ? new ProblemPlace(null, null, place.Entry) : lines[place.Offset])])),
        ];
    }

    /// <summary>Lines and columns of all offsets, found in one walk through the text.</summary>
    private Dictionary<int, ProblemPlace> Places(ReadOnlySpan<char> text)
    {
        var places = new Dictionary<int, ProblemPlace>();
        var (line, start, at) = (1, 0, 0);
        foreach (var offset in _problems.Values.SelectMany(problem => problem.Places).Select(place => place.Offset).Where(offset => offset >= 0).Distinct().Order())
        {
            var passed = text[at..Math.Min(offset, text.Length)];
            line += passed.Count('\n');
            start = passed.LastIndexOf('\n') is >= 0 and var last ? at + last + 1 : start;
            at += passed.Length;
            places[offset] = new ProblemPlace(line, at - start + 1, null);
        }

        return places;
    }

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
