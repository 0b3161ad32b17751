using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Discovery;

/// <summary>Gathers the links of a page that matter to whoever looks for feeds.</summary>
internal sealed class PageLinks(Uri page)
{
    /// <summary>More feeds are a directory's, and no choice that a person can make.</summary>
    private const int MostFeeds = 50;
    private const int LongestTitle = 200;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<FeedCandidate> _feeds = [];
    private readonly List<Uri> _hubs = [];
    private Uri _base = page;
    private bool _baseIsSet;

    /// <summary>The place of the anchor whose text is being read; -1 when it has a name or is no feed.</summary>
    private int _nameless = -1;

    public IReadOnlyList<FeedCandidate> Feeds => _feeds;
    public IReadOnlyList<Uri> Hubs => _hubs;
    public Uri? Self { get; private set; }

    /// <summary>The first base element that has an address counts (HTML, section 4.2.3).</summary>
    public void SetBase(string? href)
    {
        if (!_baseIsSet && Resolve(href) is { } url)
        {
            (_base, _baseIsSet) = (url, true);
        }
    }

    public void AddLink(string? rel, string? type, string? href, string? title)
    {
        var rels = (rel ?? "").Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries);
        if (Resolve(href) is not { } url)
        {
            return;
        }

        if (Has(rels, "hub") && _hubs.Count < MostFeeds)
        {
            _hubs.Add(url);
        }
        else if (Has(rels, "self"))
        {
            Self ??= url;
        }
        else if ((Has(rels, "feed") && !FeedAddresses.IsPage(type)) || (Has(rels, "alternate") && FeedAddresses.IsFeedType(type, url)))
        {
            Add(url, title, type, CandidateSource.Named);
        }
    }

    public void AddAnchor(string? type, string? href, string? title)
    {
        _nameless = -1;
        if (Resolve(href) is { } url && (FeedAddresses.IsFeedType(type, url) || FeedAddresses.LooksLikeFeed(url)))
        {
            var place = Add(url, title, type, CandidateSource.Anchor);
            _nameless = place >= 0 && _feeds[place].Title is null ? place : -1;
        }
    }

    /// <summary>An anchor without a title is called what it says.</summary>
    public void NameAnchor(ReadOnlySpan<char> text)
    {
        if (_nameless >= 0 && Title(XmlReferences.Decode(text)) is { } title)
        {
            var feed = _feeds[_nameless];
            _feeds[_nameless] = feed with { Title = title, IsComments = FeedAddresses.IsComments(feed.Url, title) };
            _nameless = -1;
        }
    }

    public void EndAnchor() => _nameless = -1;

    /// <summary>The feed's place; -1 when it is not added. An address that is there already stays as it was.</summary>
    private int Add(Uri url, string? title, string? type, CandidateSource source)
    {
        if (_feeds.Count == MostFeeds || !_places.TryAdd(url.AbsoluteUri, _feeds.Count))
        {
            return -1;
        }

        title = Title(title);
        _feeds.Add(new FeedCandidate(url, title, type, source, FeedAddresses.IsComments(url, title)));
        return _feeds.Count - 1;
    }

    private static string? Title(string? text)
    {
        var title = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length == 0 ? null : title.Length <= LongestTitle ? title : title[..LongestTitle];
    }

    /// <summary>Without fragment; <c>feed:</c> is how some sites make readers open: the address comes after it.</summary>
    private Uri? Resolve(string? href)
    {
        href = href?.Trim();
        if (href is not null && href.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
        {
            href = href[5..].StartsWith("//", StringComparison.Ordinal) ? "http:" + href[5..] : href[5..];
        }

        if (FeedUrls.Resolve(_base, href) is not { Scheme: "http" or "https", Host.Length: > 0 } url)
        {
            return null;
        }

        return url.Fragment.Length == 0 ? url : new Uri(url.GetLeftPart(UriPartial.Query));
    }

    private static bool Has(string[] rels, string rel) => rels.Contains(rel, StringComparer.OrdinalIgnoreCase);
}
