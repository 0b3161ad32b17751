using System.IO.Compression;
using System.Text;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Finding;

/// <summary>Sitemaps as feeds, polled over real HTTP.</summary>
public sealed class SitemapFeedTests : IAsyncLifetime
{
    private readonly TempFolder _data = new();
    private PlainSite _site = null!;
    private Toolbox _tools = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await PlainSite.StartAsync();
        _tools = await Toolbox.OpenAsync(
            new Settings(null, Verbose: false, [new("Storage:DataDir", _data.Path), new("Fetching:AllowedAddresses:0", _site[""].Authority), new("Fetching:HostDelay", "00:00:00")]), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        await _site.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task An_index_is_read_on_in_its_newest_sitemaps_at_every_poll()
    {
        _site.Put("/index.xml", "application/xml", "<sitemapindex>" + string.Concat(Enumerable.Range(1, 9).Select(month =>
            $"<sitemap><loc>{_site[$"/{month}.xml.gz"]}</loc><lastmod>2026-0{month}-01</lastmod></sitemap>")) + "</sitemapindex>", ("ETag", "\"1\""));
        _site.Put("/9.xml.gz", "application/gzip", Gzip(News("/a")));
        _site.Put("/8.xml.gz", "application/gzip", Gzip("<urlset/>"));
        var feed = await SubscribeAsync("/index.xml");

        Assert.Equal(["/a"], await PollAsync(feed));
        Assert.Equal(["/index.xml", "/robots.txt", "/9.xml.gz", "/8.xml.gz", "/7.xml.gz", "/a"], _site.Requests);
        _site.Put("/9.xml.gz", "application/gzip", Gzip(News("/a", "/b")));
        Assert.Equal(["/a", "/b"], await PollAsync(feed));
        Assert.Equal("The Site", (await _tools.Get<ICatalog>().FindFeedAsync(feed, CancellationToken.None))!.Title);
    }

    [Fact]
    public async Task An_index_whose_sitemaps_are_all_away_has_failed()
    {
        _site.Put("/index.xml", "application/xml", $"<sitemapindex><sitemap><loc>{_site["/1.xml"]}</loc></sitemap></sitemapindex>");
        _site.Refuse("/1.xml", 503);
        var feed = await SubscribeAsync("/index.xml");
        Assert.Empty(await PollAsync(feed));
        Assert.Contains("503", (await _tools.Get<ICatalog>().FindFeedAsync(feed, CancellationToken.None))!.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sitemap_that_robots_txt_forbids_is_not_asked_for()
    {
        _site.Put("/index.xml", "application/xml", $"<sitemapindex><sitemap><loc>{_site["/1.xml"]}</loc></sitemap></sitemapindex>");
        _site.Put("/1.xml", "application/xml", News("/a"));
        _site.Put("/robots.txt", "text/plain", "User-agent: *\nDisallow: /1.xml");
        Assert.Empty(await PollAsync(await SubscribeAsync("/index.xml")));
        Assert.DoesNotContain("/1.xml", _site.Requests);
    }

    private async Task<long> SubscribeAsync(string path) =>
        (await _tools.Get<ICatalog>().AddFeedAsync(_site[path], null, TimeProvider.System.GetUtcNow(), CancellationToken.None)).Feed.Id;

    /// <summary>The paths of all articles afterwards.</summary>
    private async Task<IEnumerable<string>> PollAsync(long feed)
    {
        Assert.True(await _tools.Get<IFeedStore>().ClaimAsync(feed, _tools.Get<LeaseHolder>().Take(), CancellationToken.None));
        await _tools.Get<RefreshFeed>().RunAsync(feed, CancellationToken.None);
        var articles = await _tools.Get<ICatalog>().ListArticlesAsync(feed, null, int.MaxValue, CancellationToken.None);
        return articles.Select(article => new Uri(article.Url!).AbsolutePath).Order(StringComparer.Ordinal);
    }

    private string News(params string[] paths) => "<urlset>" + string.Concat(paths.Select(path =>
        $"<url><loc>{_site[path]}</loc><news:news><news:publication><news:name>The Site</news:name></news:publication><news:title>T</news:title></news:news></url>")) + "</urlset>";

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
