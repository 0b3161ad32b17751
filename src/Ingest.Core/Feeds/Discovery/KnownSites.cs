namespace Ingest.Core.Feeds.Discovery;

/// <summary>Kinds of sites whose addresses tell where their feeds are, so that no page needs to be asked for.</summary>
public static class KnownSites
{
    private const string AtomType = "application/atom+xml";
    private const string RssType = "application/rss+xml";

    /// <summary>What the first part of GitHub's paths is when it is no owner.</summary>
    private static readonly string[] GitHubPages = ["about", "apps", "collections", "enterprise", "explore", "features", "login", "marketplace", "notifications", "orgs", "pricing", "search", "security", "settings", "sponsors", "topics", "trending"];

    /// <summary>The feeds of an address, the most useful first; empty where the address tells nothing.</summary>
    public static IReadOnlyList<FeedCandidate> Feeds(Uri url)
    {
        var host = url.Host.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var path = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return host switch
        {
            "youtube.com" or "m.youtube.com" => YouTube(path, url.Query),
            "github.com" => GitHub(path),
            "reddit.com" or "old.reddit.com" or "new.reddit.com" => Reddit(path),
            _ => Mastodon(url, path),
        };
    }

    /// <summary>A channel's number and a list's are in their addresses; a page under a name says in its head which channel it is.</summary>
    private static FeedCandidate[] YouTube(string[] path, string query) => path switch
    {
        ["channel", var id, ..] => [YouTubeFeed("channel_id", id)],
        ["user", var name, ..] => [YouTubeFeed("user", name)],
        ["playlist"] when Parameter(query, "list") is { } list => [YouTubeFeed("playlist_id", list)],
        _ => [],
    };

    private static FeedCandidate YouTubeFeed(string parameter, string value) => Candidate($"https://www.youtube.com/feeds/videos.xml?{parameter}={value}", null, AtomType);

    private static FeedCandidate[] GitHub(string[] path) => path switch
    {
        [var owner, ..] when GitHubPages.Contains(owner, StringComparer.OrdinalIgnoreCase) => [],
        [.., var last] when last.EndsWith(".atom", StringComparison.OrdinalIgnoreCase) => [],
        [var owner] => [GitHubFeed(owner, owner)],
        [var owner, var name] => [GitHubFeed($"{owner}/{name}/releases", "Releases"), GitHubFeed($"{owner}/{name}/commits", "Commits"), GitHubFeed($"{owner}/{name}/tags", "Tags")],
        [var owner, var name, "releases" or "tags" or "commits"] => [GitHubFeed($"{owner}/{name}/{path[2]}", null)],
        [var owner, var name, "commits", .. var branch] => [GitHubFeed($"{owner}/{name}/commits/{string.Join('/', branch)}", null)],
        _ => [],
    };

    private static FeedCandidate GitHubFeed(string path, string? title) => Candidate($"https://github.com/{path}.atom", title, AtomType);

    private static FeedCandidate[] Reddit(string[] path) => path switch
    {
        [.., ".rss"] => [],
        ["r", var name, "comments", var id, ..] => [RedditFeed($"r/{name}/comments/{id}") with { IsComments = true }],
        ["r", var name, "new" or "top" or "rising" or "hot"] => [RedditFeed($"r/{name}/{path[2]}")],
        ["r", var name, ..] => [RedditFeed($"r/{name}")],
        ["user" or "u", var name, ..] => [RedditFeed($"user/{name}")],
        _ => [],
    };

    private static FeedCandidate RedditFeed(string path) => Candidate($"https://www.reddit.com/{path}/.rss", null, AtomType);

    /// <summary>Any host may be a server of Mastodon's kind. A profile's page names its feed; so does this pattern where the page is made by a script.</summary>
    private static FeedCandidate[] Mastodon(Uri url, string[] path) =>
        path is [['@', _, ..] user] && !user.Contains('.', StringComparison.Ordinal)
            ? [new FeedCandidate(new Uri(url, $"/{user}.rss"), user, RssType, CandidateSource.Guess)]
            : [];

    private static FeedCandidate Candidate(string address, string? title, string type) => new(new Uri(address), title, type, CandidateSource.Address);

    private static string? Parameter(string query, string name)
    {
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal) && part.Length > name.Length + 1)
            {
                return part[(name.Length + 1)..];
            }
        }

        return null;
    }
}
