using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Cleaning;

/// <summary>An article while it is being cleaned: its blocks, which of them are still in, and what the taken ones said.</summary>
internal sealed class Draft
{
    private readonly IReadOnlyList<Block> _blocks;
    private readonly (ResidueKind Kind, string Rule)?[] _taken;
    // A standfirst may stand between the title and the byline.
    private const int EdgeLength = 6;
    private const int EnoughText = 600;

    // Characters of the sentences above each block, and of all of them.
    private readonly int[] _proseAbove;

    private readonly Headlines.KnownTitle[] _titles;
    private readonly bool?[] _saysTitle;
    private int _firstProse;
    private int _lastProse;

    public Draft(IReadOnlyList<Block> blocks, DraftFacts facts)
    {
        (_blocks, Facts) = (blocks, facts);
        _taken = new (ResidueKind, string)?[blocks.Count];
        AuthorWords = [.. facts.Authors.Select(author => Rules.Words.Of(author))];
        _titles = [.. facts.Titles.Select(Headlines.KnownTitle.Of)];
        _saysTitle = new bool?[blocks.Count];
        _proseAbove = new int[blocks.Count + 1];
        for (var at = 0; at < blocks.Count; at++)
            _proseAbove[at + 1] = _proseAbove[at] + (blocks[at].IsSentence ? blocks[at].Length : 0);
        _lastProse = blocks.Count - 1;
        Settle();
    }

    public DraftFacts Facts { get; }

    /// <summary>The authors' names as <see cref="Rules.Words"/>.</summary>
    public IReadOnlyList<string> AuthorWords { get; }

    public int Count => _blocks.Count;
    public Block this[int at] => _blocks[at];

    /// <summary>The block says one of the article's titles.</summary>
    public bool SaysTitle(int at) => _saysTitle[at] ??= Array.Exists(_titles, title => Headlines.Same(_blocks[at], title));

    /// <summary>The first block still in that is a sentence; <see cref="Count"/> when there is none.</summary>
    public int FirstProse => _firstProse;

    /// <summary>The last block still in that is a sentence; -1 when there is none.</summary>
    public int LastProse => _lastProse;

    public string? RecoveredTitle { get; set; }
    public bool Paywalled { get; set; }
    public List<string> Credits { get; } = [];
    public List<string> Sources { get; } = [];
    public List<string> Authors { get; } = [];
    public List<string> Dates { get; } = [];
    public List<string> Tags { get; } = [];

    public bool IsIn(int at) => _taken[at] is null;

    public (ResidueKind Kind, string Rule)? TakenAs(int at) => _taken[at];

    public void Take(int at, ResidueKind kind, string rule)
    {
        _taken[at] ??= (kind, rule);
        Settle();
    }

    /// <summary>Above or just below the first sentence, or below the last: where bylines and dates stand.</summary>
    public bool IsAtEdge(int at) => at <= Math.Max(FirstProse, EdgeLength) || at >= LastProse;

    /// <summary>Most of an article stands above this block, so that what is told here is told of it.</summary>
    public bool IsBelowText(int at) => _proseAbove[at] >= EnoughText || 2 * _proseAbove[at] > _proseAbove[Count];

    /// <summary>The block holds the site's name.</summary>
    public bool NamesSite(int at)
    {
        foreach (var site in Facts.Sites)
            if (_blocks[at].Words.Contains(site, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>The next block still in after this one; -1 at the end.</summary>
    public int Next(int at)
    {
        while (++at < Count)
            if (IsIn(at))
                return at;
        return -1;
    }

    /// <summary>The block still in before this one; -1 at the beginning.</summary>
    public int Previous(int at)
    {
        while (--at >= 0)
            if (IsIn(at))
                return at;
        return -1;
    }

    private void Settle()
    {
        while (_firstProse < Count && !IsProse(_firstProse))
            _firstProse++;
        while (_lastProse >= 0 && !IsProse(_lastProse))
            _lastProse--;
    }

    private bool IsProse(int at) => IsIn(at) && _blocks[at].IsSentence && _blocks[at].Kind != ParagraphKind.Heading;
}

/// <summary>What is known of an article before it is cleaned.</summary>
/// <param name="Titles">The title in every wording the page and the feed give, best first.</param>
/// <param name="Authors">Names.</param>
/// <param name="BodyWords">The words that the article's sentences use, to tell its headline from other lines.</param>
/// <param name="Sites">The names of the site, as the page and the feed give them.</param>
/// <param name="Root">The article's region in its page; null for plain text.</param>
internal sealed record DraftFacts(IReadOnlyList<string> Titles, IReadOnlyList<string> Authors, IReadOnlySet<string> BodyWords, IReadOnlyList<string> Sites, Region? Root)
{
    /// <summary>What a site's rules took out of it, each with the block it stood before.</summary>
    public IReadOnlyList<(int At, string Text)> Cuts { get; init; } = [];
}
