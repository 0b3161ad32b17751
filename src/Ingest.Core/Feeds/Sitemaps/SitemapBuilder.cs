using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Sitemaps;

/// <summary>Gathers a sitemap's addresses while its tags go by.</summary>
internal sealed class SitemapBuilder(Uri? document)
{
    public static readonly string[] Words =
        ["urlset", "sitemapindex", "url", "sitemap", "loc", "lastmod", "news", "publication", "name", "language", "publication_date", "title", "keywords", "image", "video"];

    /// <summary>
    /// A sitemap that is not of the news lists a whole site. Only its latest changes may be new: more of them than this at once are an archive's, and what
    /// has no date tells nothing.
    /// </summary>
    private const int MostUndatedNews = 500;

    private readonly List<Listed> _listed = [];
    private readonly List<SitemapLink> _sitemaps = [];
    private Listed _current = new();

    /// <summary>Inside a block of an extension, whose words mean other things than the sitemap's own.</summary>
    private string _block = "";
    private string? _name;
    private bool _isIndex;

    /// <summary>Addresses so far.</summary>
    public int Urls => _listed.Count + _sitemaps.Count;

    public void Begin(string word)
    {
        switch (word)
        {
            case "sitemapindex":
                _isIndex = true;
                break;
            case "url" or "sitemap":
                (_current, _block) = (new Listed(), "");
                break;
            case "news" or "image" or "video":
                _block = word;
                _current.IsNews |= word == "news";
                break;
        }
    }

    public void End(string word, string text)
    {
        switch (word)
        {
            case "url" or "sitemap":
                Add();
                break;
            case "news" or "image" or "video":
                _block = "";
                break;
            default:
                Read(_block, word, text);
                break;
        }
    }

    public ParsedFeed Build(DecodedText decoded, int most)
    {
        var news = _listed.Where(listed => listed.IsNews);
        var others = _listed.Where(listed => !listed.IsNews && listed.Modified is not null).OrderByDescending(listed => listed.Modified).Take(MostUndatedNews);
        return new ParsedFeed
        {
            Format = _isIndex ? FeedFormat.SitemapIndex : FeedFormat.Sitemap,
            Encoding = decoded.Charset,
            Malformed = decoded.Repaired,
            Title = _name,
            Sitemaps = _sitemaps,
            Entries = [.. news.Concat(others).Take(most).Select(listed => listed.Entry())],
        };
    }

    private void Add()
    {
        if (_current.Url is not { } url)
        {
            return;
        }

        if (_isIndex)
        {
            _sitemaps.Add(new SitemapLink(url, _current.Modified));
        }
        else
        {
            _listed.Add(_current);
        }

        _current = new Listed();
    }

    private void Read(string block, string word, string text)
    {
        switch (block, word)
        {
            case ("", "loc"):
                _current.Url ??= FeedUrls.Resolve(document, text) is { Scheme: "http" or "https", Host.Length: > 0 } url ? url : null;
                break;
            case ("", "lastmod"):
                _current.Modified ??= FeedDates.Parse(text);
                break;
            case ("news", "title"):
                _current.Title ??= Text(text);
                break;
            case ("news", "publication_date"):
                _current.Published ??= FeedDates.Parse(text);
                break;
            case ("news", "language"):
                _current.Language ??= Text(text);
                break;
            case ("news", "name"):
                _name ??= Text(text);
                break;
            case ("news", "keywords"):
                _current.Keywords ??= text;
                break;
            case ("image", "loc"):
                _current.Image ??= FeedUrls.Resolve(document, text)?.AbsoluteUri;
                break;
        }
    }

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private sealed class Listed
    {
        public Uri? Url { get; set; }
        public DateTimeOffset? Modified { get; set; }
        public bool IsNews { get; set; }
        public string? Title { get; set; }
        public DateTimeOffset? Published { get; set; }
        public string? Language { get; set; }
        public string? Keywords { get; set; }
        public string? Image { get; set; }

        public ParsedEntry Entry() => new()
        {
            Id = Url!.AbsoluteUri,
            Link = Url,
            Title = Title,
            Published = Published,
            Updated = Modified,
            Language = Language,
            Image = Image is null ? null : new FeedImage(Image),
            Categories = [.. (Keywords ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(50).Select(word => new FeedCategory(word, null, null))],
        };
    }
}
