namespace Ingest.Core.Feeds.Formats;

/// <summary>Gathers an entry.</summary>
internal sealed class EntryBuilder(ProblemLog problems) : ItemBuilder(problems)
{
    private List<FeedEnclosure>? _enclosures;
    private List<string>? _thumbnails;
    private List<string>? _mediaContents;
    private List<FeedChapter>? _chapters;

    public Ranked<FeedText> Summary;
    public Ranked<FeedText> Content;
    public Ranked<FeedText> Subtitle;

    /// <summary>A description or summary of RSS was met.</summary>
    public bool HasOwnSummary { get; set; }
    public string? ContentSource { get; set; }
    public bool IdIsLink { get; set; }
    public Uri? OriginalLink { get; set; }
    public string? OriginalEnclosure { get; set; }
    public string? Comments { get; set; }
    public int? CommentCount { get; set; }
    public string? CommentApi { get; set; }
    public string? CommentFeed { get; set; }
    public FeedDetails? Source { get; set; }
    public FeedReply? InReplyTo { get; set; }
    public IReadOnlyList<FeedChapter> Chapters => _chapters ?? [];
    public FeedMedia Media => (_thumbnails, _mediaContents) is (null, null) ? FeedMedia.None : new FeedMedia(_thumbnails ?? [], _mediaContents ?? []);

    public void AddChapter(FeedChapter chapter) => (_chapters ??= []).Add(chapter);

    public void AddThumbnail(string url) => (_thumbnails ??= []).Add(url);

    public void AddMediaContent(string url) => (_mediaContents ??= []).Add(url);

    public void AddEnclosure(string? url, string? type, string? length)
    {
        if (string.IsNullOrEmpty(url) || _enclosures?.Count >= MostParts)
        {
            return;
        }

        foreach (var known in _enclosures ??= [])
        {
            if (known.Url == url)
            {
                return;
            }
        }

        _enclosures.Add(new FeedEnclosure(url, type, length));
    }

    /// <summary>An entry without a link is found under its id, when that is an address.</summary>
    public Uri? PageOfId() => FeedUrls.Resolve(null, Id.Value) is { Scheme: "http" or "https" } url ? url : null;

    /// <summary>FeedBurner hides an enclosure behind a counting address and names the file itself beside it.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures()
    {
        if (_enclosures is not null && OriginalEnclosure is { } original && FileName(original) is { Length: > 0 } name)
        {
            var at = _enclosures.FindIndex(e => FileName(e.Url) == name);
            if (at >= 0)
            {
                _enclosures[at] = _enclosures[at] with { Url = original };
            }
        }

        return _enclosures ?? [];
    }

    private static string FileName(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
