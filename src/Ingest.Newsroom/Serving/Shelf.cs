using System.Collections.Concurrent;
using System.Text;

namespace Ingest.Newsroom.Serving;

/// <summary>Everything that one state of the world is answered with, rendered when it is first asked for.</summary>
internal sealed class Shelf(NewsWorld world, Uri baseUri)
{
    private readonly Dictionary<string, NewsFeed> _feeds = world.Feeds.ToDictionary(f => f.Path, StringComparer.Ordinal);
    private readonly Dictionary<string, NewsArticle> _articles = world.Articles.ToDictionary(a => a.Path, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Representation> _renderedFeeds = new(StringComparer.Ordinal);

    public NewsWorld World => world;

    /// <summary>What a path and query are answered with; null when there is nothing.</summary>
    public Representation? Find(string pathAndQuery)
    {
        var path = Address.WithoutTracking(pathAndQuery);
        return _feeds.TryGetValue(path, out var feed) ? _renderedFeeds.GetOrAdd(path, (_, f) => Feed(f), feed)
            : _articles.TryGetValue(path, out var article) ? Article(article)
            : Plain(path);
    }

    private Representation? Plain(string path) => path switch
    {
        "/" => new(Encoding.UTF8.GetBytes(IndexPage.Render(world)), "text/html; charset=utf-8"),
        _ when world.Sites.FirstOrDefault(s => s.HomePath == path) is { } site => new(Encoding.UTF8.GetBytes(IndexPage.Home(world, site)), "text/html; charset=utf-8"),
        "/robots.txt" => new(Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /post\nDisallow: /r/\n"), "text/plain; charset=utf-8"),
        _ when path.StartsWith("/media/", StringComparison.Ordinal) => new(OnePixel.Png, "image/png"),
        _ => null,
    };

    private Representation Feed(NewsFeed feed)
    {
        var (body, contentType) = NewsWorld.RenderBytes(feed, baseUri);
        return new Representation(body, contentType)
        {
            ETag = feed.Validators.HasFlag(Validators.ETag) ? Representation.TagOf(body) : null,
            LastModified = feed.Validators.HasFlag(Validators.LastModified) && feed.Articles.Count > 0 ? feed.Articles[0].PublishedAt : null,
        };
    }

    private Representation Article(NewsArticle article)
    {
        var (body, contentType) = NewsWorld.RenderBytes(article, baseUri);
        return new Representation(body, contentType) { ETag = Representation.TagOf(body), LastModified = article.PublishedAt };
    }
}
