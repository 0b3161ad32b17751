using System.Globalization;
using System.Text;
using Ingest.Newsroom.Feeds;
using static Ingest.Newsroom.Designs.Markup;

namespace Ingest.Newsroom.Serving;

/// <summary>The page at /, for a person who wants to see what there is.</summary>
internal static class IndexPage
{
    private const int LatestShown = 5;

    public static string Render(NewsWorld world)
    {
        var rows = new StringBuilder();
        foreach (var site in world.Sites)
        {
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="{site.HomePath}">{Escape(site.Name)}</a></td><td>{site.Design}</td><td>{site.Language}</td><td>{Feeds(world, site)}</td><td>{Latest(world, site)}</td></tr>

                """);
        }
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Sample newsroom</title>
            <style>body{"{"}font:15px/1.4 sans-serif;margin:2rem{"}"}td,th{"{"}text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-top:1px solid #ccc{"}"}</style></head>
            <body>
            <h1>Sample newsroom</h1>
            <p>{world.Sites.Count} made-up sites with {world.Articles.Count} made-up articles. Nothing here is news.</p>
            <table>
            <tr><th>Site</th><th>Design</th><th>Language</th><th>Feeds</th><th>Latest</th></tr>
            {rows}</table>
            </body>
            </html>
            """;
    }

    /// <summary>A site's home page.</summary>
    public static string Home(NewsWorld world, NewsSite site) => $"""
        <!DOCTYPE html>
        <html lang="{site.Language}">
        <head><meta charset="utf-8"><title>{Escape(site.Name)}</title>
        {string.Join('\n', world.Feeds.Where(f => f.Site == site).Select(Alternate))}
        </head>
        <body>
        <h1>{Escape(site.Name)}</h1>
        <p>{Latest(world, site)}</p>
        </body>
        </html>
        """;

    private static string Alternate(NewsFeed feed) =>
        $"<link rel=\"alternate\" type=\"{FeedDocument.ContentType(feed).Split(';')[0]}\" href=\"{Escape(feed.Path)}\">";

    private static string Feeds(NewsWorld world, NewsSite site) => string.Join("<br>", world.Feeds.Where(f => f.Site == site)
        .Select(f => $"<a href=\"{Escape(f.Path)}\">{f.Format}</a> {(f.FullText ? "full text" : "excerpts")}, {f.Articles.Count}"));

    private static string Latest(NewsWorld world, NewsSite site) => string.Join("<br>", world.Articles.Where(a => a.Site == site)
        .TakeLast(LatestShown).Reverse().Select(a => $"<a href=\"{Escape(a.Path)}\">{Escape(a.Title)}</a>"));
}
