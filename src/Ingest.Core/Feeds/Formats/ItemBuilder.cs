namespace Ingest.Core.Feeds.Formats;

/// <summary>Gathers what a feed or an entry says while its elements are read. Mutable, and gone when the record is made.</summary>
internal abstract class ItemBuilder(ProblemLog problems)
{
    /// <summary>Parts of one kind in one entry; real ones stay under a hundred, and each new one is compared with all.</summary>
    protected const int MostParts = 500;

    private List<FeedLink>? _links;
    private List<FeedCategory>? _categories;
    private List<FeedPerson>? _authors;
    private List<FeedPerson>? _contributors;
    private Rank _authorRank = Rank.Fallback;

    public Ranked<string> Id;
    public Ranked<FeedText> Title;
    public Ranked<FeedText> Rights;
    public Ranked<string> License;
    public Ranked<string> Language;
    public Ranked<FeedImage> Image;
    public Ranked<FeedPerson> Publisher;
    public RankedInstant Published;
    public RankedInstant Updated;
    public RankedInstant Created;
    public RankedInstant Expired;

    public ProblemLog Problems => problems;
    public FeedPodcast? Podcast { get; set; }
    public FeedPlace? Place { get; set; }
    public IReadOnlyList<FeedLink> Links => _links ?? [];
    public IReadOnlyList<FeedCategory> Categories => _categories ?? [];
    public IReadOnlyList<FeedPerson> Authors => _authors ?? [];
    public IReadOnlyList<FeedPerson> Contributors => _contributors ?? [];

    /// <summary>The latitude of a W3C geo position whose longitude is still to come, or the other way round.</summary>
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }

    public void AddLink(FeedLink link)
    {
        if (link.Href is not null && !FeedUrls.HasScheme(link.Href))
        {
            problems.Note(FeedProblemKind.RelativeAddress);
        }

        (_links ??= []).Add(link);
    }

    public void AddContributor(FeedPerson person) => (_contributors ??= []).Add(person);

    /// <summary>Authors of the best rank that was met: a channel's dc:creator repeats its author, it does not add one.</summary>
    public void AddAuthor(FeedPerson? person, Rank rank)
    {
        if (person is null || (_authors is not null && rank > _authorRank))
        {
            return;
        }

        _authors ??= [];
        if (rank < _authorRank)
        {
            _authors.Clear();
            _authorRank = rank;
        }

        if (_authors.Count < MostParts && !_authors.Contains(person))
        {
            _authors.Add(person);
        }
    }

    public void AddCategory(string? term, string? scheme, string? label)
    {
        if ((term ?? label) is not { Length: > 0 } name || _categories?.Count >= MostParts)
        {
            return;
        }

        foreach (var known in _categories ??= [])
        {
            if (known.Term == name && (known.Scheme == scheme || scheme is null || known.Label == label))
            {
                return;
            }
        }

        _categories.Add(new FeedCategory(name, scheme, label));
    }

    /// <summary>The instant of a text; null, and noted, when it cannot be read.</summary>
    public DateTimeOffset? Date(string? text)
    {
        var date = FeedDates.Parse(text);
        if (date is null && text is not null)
        {
            problems.Note(FeedProblemKind.UnreadableDate);
        }

        return date;
    }

    /// <summary>The title's words, unescaped once more where it was escaped once too often.</summary>
    public string? TitleText()
    {
        if (Title.Value?.Plain is not { } title)
        {
            return null;
        }

        var mended = DoubleEscape.Mend(title);
        if (mended.Length != title.Length)
        {
            problems.Note(FeedProblemKind.DoubleEscapedTitle);
        }

        return mended;
    }

    /// <summary>The page that this is about: what a browser can show first.</summary>
    public Uri? Page()
    {
        string? first = null;
        foreach (var link in Links)
        {
            if (link is not { Rel: "alternate", Href: { } href })
            {
                continue;
            }

            if (link.Type is null or "text/html" or "application/xhtml+xml")
            {
                return FeedUrls.Resolve(null, href);
            }

            first ??= href;
        }

        return FeedUrls.Resolve(null, first);
    }
}
