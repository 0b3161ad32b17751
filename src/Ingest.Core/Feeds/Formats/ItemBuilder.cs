using Ingest.Core.Feeds.Modules;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Gathers what a feed or an entry says while its elements are read. Mutable, and gone when the record is made.</summary>
internal abstract class ItemBuilder
{
    /// <summary>Parts of one kind in one entry; real ones stay under a hundred, and each new one is compared with all.</summary>
    protected const int MostParts = 500;

    private readonly List<FeedCategory> _categories = [];
    private readonly List<FeedPerson> _authors = [];
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

    public List<FeedLink> Links { get; } = [];
    public List<FeedPerson> Contributors { get; } = [];
    public FeedPodcast? Podcast { get; set; }
    public FeedPlace? Place { get; set; }
    public IReadOnlyList<FeedCategory> Categories => _categories;
    public IReadOnlyList<FeedPerson> Authors => _authors;

    /// <summary>The latitude of a W3C geo position whose longitude is still to come, or the other way round.</summary>
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }

    /// <summary>Authors of the best rank that was met: a channel's dc:creator repeats its author, it does not add one.</summary>
    public void AddAuthor(FeedPerson? person, Rank rank)
    {
        if (person is null || (_authors.Count > 0 && rank > _authorRank))
        {
            return;
        }

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
        if ((term ?? label) is { Length: > 0 } name && _categories.Count < MostParts && !_categories.Exists(c => c.Term == name && (c.Scheme == scheme || scheme is null || c.Label == label)))
        {
            _categories.Add(new FeedCategory(name, scheme, label));
        }
    }

    /// <summary>The page that this is about: what a browser can show first.</summary>
    protected Uri? Page()
    {
        var alternates = Links.Where(l => l.Rel == "alternate" && l.Href is not null).ToList();
        var best = alternates.Find(l => l.Type is null or "text/html" or "application/xhtml+xml") ?? (alternates.Count > 0 ? alternates[0] : null);
        return FeedUrls.Resolve(null, best?.Href);
    }

    /// <summary>What feeds and entries have in common.</summary>
    protected T Shared<T>(T item) where T : FeedItem => (T)(item with
    {
        Id = Id.Value,
        Title = Title.Value?.Plain,
        TitleForm = Title.Value?.Form,
        Links = Links,
        Published = Published.Value,
        Updated = Updated.Value,
        Created = Created.Value,
        Expired = Expired.Value,
        Authors = Authors,
        Contributors = Contributors,
        Publisher = Publisher.Value,
        Categories = Categories,
        Rights = Rights.Value?.Plain,
        RightsForm = Rights.Value?.Form,
        License = License.Value,
        Language = Language.Value,
        Image = Image.Value,
        Podcast = Podcast,
        Place = Place,
    });
}

/// <summary>Gathers a feed, or the feed that an entry names as its source.</summary>
internal sealed class FeedBuilder : ItemBuilder
{
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
    public List<ParsedEntry> Entries { get; } = [];

    public FeedDetails BuildDetails() => Fill(new FeedDetails());

    public ParsedFeed Build(FeedFormat format, string encoding, bool malformed) =>
        Fill(new ParsedFeed { Format = format, Encoding = encoding }) with { Malformed = malformed, Schedule = Timetable.Build(Ttl), Entries = Entries };

    private T Fill<T>(T feed) where T : FeedDetails => (T)(Shared(feed) with
    {
        Link = Page(),
        Description = Description.Value?.Rich,
        DescriptionForm = Description.Value?.Form,
        Generator = Generator.Value,
        Docs = Docs,
        Ttl = Ttl,
        Icon = Icon,
        Logo = Logo,
        Cloud = Cloud,
        TextInput = TextInput,
        NewLocation = NewLocation,
    });
}

/// <summary>Gathers an entry.</summary>
internal sealed class EntryBuilder : ItemBuilder
{
    private readonly List<FeedEnclosure> _enclosures = [];

    public Ranked<FeedText> Summary;
    public Ranked<FeedText> Content;
    public Ranked<FeedText> Subtitle;

    /// <summary>A description or summary of RSS was met.</summary>
    public bool HasOwnSummary { get; set; }
    public string? ContentSource { get; set; }
    public bool IdIsLink { get; set; }

    /// <summary>The address that a proxy's links stand for (FeedBurner); it outranks them.</summary>
    public Uri? OriginalLink { get; set; }
    public string? OriginalEnclosure { get; set; }
    public string? Comments { get; set; }
    public string? CommentApi { get; set; }
    public string? CommentFeed { get; set; }
    public FeedDetails? Source { get; set; }
    public FeedReply? InReplyTo { get; set; }
    public List<string> Thumbnails { get; } = [];
    public List<string> MediaContents { get; } = [];
    public List<FeedChapter> Chapters { get; } = [];

    public void AddEnclosure(string? url, string? type, string? length)
    {
        if (!string.IsNullOrEmpty(url) && _enclosures.Count < MostParts && !_enclosures.Exists(e => e.Url == url))
        {
            _enclosures.Add(new FeedEnclosure(url, type, length));
        }
    }

    public ParsedEntry Build() => Shared(new ParsedEntry()) with
    {
        Link = OriginalLink ?? Page() ?? PageOfId(),
        Summary = Summary.Value?.Rich,
        SummaryForm = Summary.Value?.Form,
        Content = Content.Value?.Rich,
        ContentForm = Content.Value?.Form,
        ContentSource = ContentSource,
        IdIsLink = IdIsLink,
        Comments = Comments,
        CommentApi = CommentApi,
        CommentFeed = CommentFeed,
        Enclosures = Enclosures(),
        Media = Thumbnails.Count + MediaContents.Count == 0 ? FeedMedia.None : new FeedMedia(Thumbnails, MediaContents),
        Source = Source,
        Subtitle = Subtitle.Value?.Plain,
        Chapters = Chapters,
        InReplyTo = InReplyTo,
    };

    /// <summary>An entry without a link is found under its id, when that is an address.</summary>
    private Uri? PageOfId() => FeedUrls.Resolve(null, Id.Value) is { Scheme: "http" or "https" } url ? url : null;

    /// <summary>FeedBurner hides an enclosure behind a counting address and names the file itself beside it.</summary>
    private List<FeedEnclosure> Enclosures()
    {
        if (OriginalEnclosure is { } original && FileName(original) is { Length: > 0 } name)
        {
            var at = _enclosures.FindIndex(e => FileName(e.Url) == name);
            if (at >= 0)
            {
                _enclosures[at] = _enclosures[at] with { Url = original };
            }
        }

        return _enclosures;
    }

    private static string FileName(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
