using Ingest.Core.Feeds.Discovery;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Finding;

/// <summary>From an address to its feeds, over real HTTP, with every request counted on the other side.</summary>
public sealed class FindFeedsTests
{
    private const string Rss = "<rss version='2.0'><channel><title>All of it</title><item><title>x</title></item></channel></rss>";

    [Fact]
    public async Task The_feeds_of_every_design_cost_one_request()
    {
        await using var workshop = await Workshop.OpenAsync();
        var world = workshop.Newsroom.World;
        foreach (var site in world.Sites)
        {
            workshop.Newsroom.ClearRequests();
            var search = await workshop.Tools.Get<FindFeeds>().RunAsync(new Uri(workshop.Newsroom.BaseUri, site.HomePath), CancellationToken.None);
            var found = Assert.IsType<FeedSearch.Choices>(search).Feeds.Select(feed => feed.Url.PathAndQuery);
            Assert.Equal((site.Design, 1, 1), (site.Design, search.Requests, workshop.Newsroom.Requests.Count));
            Assert.Equal(world.Feeds.Where(feed => feed.Site == site).Select(feed => feed.Path), found);
        }
    }

    [Fact]
    public async Task The_address_of_a_feed_costs_one_request_too()
    {
        await using var workshop = await Workshop.OpenAsync();
        foreach (var feed in workshop.Newsroom.World.Feeds)
        {
            var search = await workshop.Tools.Get<FindFeeds>().RunAsync(new Uri(workshop.Newsroom.BaseUri, feed.Path), CancellationToken.None);
            Assert.Equal(feed.Site.Name, Assert.IsType<FeedSearch.IsFeed>(search).Feed.Title);
            Assert.Equal(1, search.Requests);
        }
    }

    [Fact]
    public async Task A_link_header_names_feeds_of_what_is_no_page_at_all()
    {
        await using var site = await PlainSite.StartAsync();
        site.Put("/", "application/pdf", "%PDF", ("Link", "</all.rss>; rel=\"alternate\"; type=\"application/rss+xml\""));
        var search = await SearchAsync(site, "/");
        Assert.Equal("/all.rss", Assert.Single(Assert.IsType<FeedSearch.Choices>(search).Feeds).Url.AbsolutePath);
    }

    [Fact]
    public async Task Where_a_page_names_none_it_is_tried_where_feeds_often_are()
    {
        await using var site = await PlainSite.StartAsync();
        site.Put("/news/", "text/html", "<h1>News</h1>");
        site.Put("/rss.xml", "text/xml", Rss);
        var search = await SearchAsync(site, "/news/");
        var feed = Assert.Single(Assert.IsType<FeedSearch.Choices>(search).Feeds);
        Assert.Equal(("/rss.xml", "All of it", CandidateSource.Guess), (feed.Url.AbsolutePath, feed.Title, feed.Source));
        Assert.Equal(["/news/", "/news/feed", "/feed", "/rss.xml"], site.Requests);
    }

    [Fact]
    public async Task A_site_without_feeds_is_asked_seven_times_at_most()
    {
        await using var site = await PlainSite.StartAsync();
        site.Put("/about/us", "text/html", "<h1>Nothing to follow</h1>");
        var search = await SearchAsync(site, "/about/us");
        Assert.Equal(FailureKind.Permanent, Assert.IsType<FeedSearch.Nothing>(search).Kind);
        Assert.Equal((7, 7), (search.Requests, site.Requests.Count));
    }

    [Fact]
    public async Task The_sitemaps_of_robots_txt_are_the_last_resort_and_those_of_the_news_come_first()
    {
        await using var site = await PlainSite.StartAsync();
        site.Put("/", "text/html", "<h1>News</h1>");
        site.Put("/robots.txt", "text/plain", "User-agent: *\nDisallow: /x\nSitemap: /sitemap.xml\nSitemap: /news-sitemap.xml\nSitemap: ftp://elsewhere.example/s.xml");
        var search = await SearchAsync(site, "/");
        Assert.Equal(["/news-sitemap.xml", "/sitemap.xml"], Assert.IsType<FeedSearch.Choices>(search).Feeds.Select(feed => feed.Url.AbsolutePath));
    }

    [Fact]
    public async Task A_refusal_says_why_and_whether_time_may_heal_it()
    {
        await using var site = await PlainSite.StartAsync();
        site.Refuse("/gone", 410);
        site.Refuse("/busy", 503);
        Assert.Equal(FailureKind.Permanent, Assert.IsType<FeedSearch.Nothing>(await SearchAsync(site, "/gone")).Kind);
        Assert.Equal(FailureKind.Transient, Assert.IsType<FeedSearch.Nothing>(await SearchAsync(site, "/busy")).Kind);
    }

    private static async Task<FeedSearch> SearchAsync(PlainSite site, string path)
    {
        using var data = new TempFolder();
        await using var tools = await Toolbox.OpenAsync(
            new Settings(null, Verbose: false, [new("Storage:DataDir", data.Path), new("Fetching:AllowedAddresses:0", site[""].Authority), new("Fetching:HostDelay", "00:00:00")]), CancellationToken.None);
        return await tools.Get<FindFeeds>().RunAsync(site[path], CancellationToken.None);
    }
}
