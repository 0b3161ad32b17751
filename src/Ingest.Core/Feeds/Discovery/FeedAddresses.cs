namespace Ingest.Core.Feeds.Discovery;

/// <summary>What can be told of a feed without asking for it: by its media type, its address, its title.</summary>
internal static class FeedAddresses
{
    private static readonly string[] Types =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/x-rss+xml", "application/x-atom+xml", "application/rss", "application/atom", "text/rss+xml", "text/atom+xml"];

    /// <summary>Types of feeds and of much else: the address must look like a feed's, too.</summary>
    private static readonly string[] VagueTypes = ["application/json", "application/xml", "text/xml", "text/json"];

    private static readonly string[] Endings = [".rss", ".rdf", ".atom", "/rss.xml", "/atom.xml", "/feed.xml", "/feeds.xml", "/index.xml", "/feed.json", "/rss.php", "/feed.php", "/atom.php"];
    private static readonly string[] LastWords = ["feed", "feeds", "rss", "rss2", "atom", "rdf"];
    private static readonly string[] QueryWords = ["feed=rss", "feed=atom", "feed=rdf", "format=rss", "format=atom", "format=feed", "type=rss", "type=atom", "output=rss", "output=atom", "alt=rss", "mode=rss"];

    /// <summary>"Comment" as sites in the languages of the rules call it.</summary>
    private static readonly string[] Comments = ["comment", "kommentar", "comentari", "comentári", "reactie", "reacties", "komentarz", "комментар"];

    public static bool IsFeedType(string? type, Uri url)
    {
        var media = (type ?? "").Split(';')[0].Trim();
        return Types.Contains(media, StringComparer.OrdinalIgnoreCase) || (VagueTypes.Contains(media, StringComparer.OrdinalIgnoreCase) && LooksLikeFeed(url));
    }

    public static bool IsPage(string? type) => type is not null && type.Contains("html", StringComparison.OrdinalIgnoreCase);

    /// <summary>By the last word of the path, or a parameter. An address within the address is a reader's or a sharer's, not a feed's.</summary>
    public static bool LooksLikeFeed(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        if (HoldsAddress(url.PathAndQuery))
        {
            return false;
        }

        return Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || LastWords.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)
            || QueryWords.Any(word => url.Query.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsComments(Uri url, string? title) =>
        url.AbsolutePath.Contains("comments/", StringComparison.OrdinalIgnoreCase)
        || Comments.Any(word => title?.Contains(word, StringComparison.OrdinalIgnoreCase) == true || url.PathAndQuery.Contains("/" + word, StringComparison.OrdinalIgnoreCase));

    private static bool HoldsAddress(string pathAndQuery) =>
        pathAndQuery.Contains("http:", StringComparison.OrdinalIgnoreCase) || pathAndQuery.Contains("https:", StringComparison.OrdinalIgnoreCase)
        || pathAndQuery.Contains("http%3A", StringComparison.OrdinalIgnoreCase) || pathAndQuery.Contains("https%3A", StringComparison.OrdinalIgnoreCase);
}
