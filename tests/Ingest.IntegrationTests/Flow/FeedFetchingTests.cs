using Ingest.IntegrationTests.Fetching;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Ingest.IntegrationTests.Flow;

/// <summary>What a feed's answers lead to over several polls: moving, retiring, being found again, and how its pages are asked.</summary>
public sealed class FeedFetchingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(308)]
    public async Task A_permanent_redirect_is_believed_at_the_third_poll(int status)
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Redirect("/old", status, "/new").Text("/new", Rss(site), "application/rss+xml");
        var id = await AddAsync(workshop, site["/old"]);
        for (var poll = 1; poll <= 2; poll++)
        {
            await workshop.PollAsync(id);
            Assert.Equal((site["/old"].AbsoluteUri, site["/new"].AbsoluteUri), (await FeedAsync(workshop, id) is var feed ? feed.Url : "", feed.MovedTo));
        }
        await workshop.PollAsync(id);
        Assert.Equal((site["/new"].AbsoluteUri, null), (await FeedAsync(workshop, id) is var moved ? moved.Url : "", moved.MovedTo));
        await workshop.PollAsync(id);
        Assert.Equal((3, 4), (site.Count("/old"), site.Count("/new")));
    }

    [Fact]
    public async Task A_temporary_redirect_is_never_remembered_and_breaks_the_succession()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/new", Rss(site), "application/rss+xml");
        var id = await AddAsync(workshop, site["/old"]);
        foreach (var status in (int[])[301, 301, 302, 301, 301, 307])
        {
            site.Redirect("/old", status, "/new");
            await workshop.PollAsync(id);
        }
        Assert.Equal((site["/old"].AbsoluteUri, null), (await FeedAsync(workshop, id) is var feed ? feed.Url : "", feed.MovedTo));
    }

    [Fact]
    public async Task A_permanent_redirect_to_what_is_no_feed_moves_nothing()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Redirect("/old", 301, "/login").Text("/login", "<title>Sign in</title><form></form>");
        var id = await AddAsync(workshop, site["/old"]);
        for (var poll = 0; poll < 4; poll++) await workshop.PollAsync(id);
        Assert.Equal((site["/old"].AbsoluteUri, null), (await FeedAsync(workshop, id) is var feed ? feed.Url : "", feed.MovedTo));
    }

    [Fact]
    public async Task Neither_another_feeds_address_nor_another_origin_with_a_password_is_moved_to()
    {
        await using var site = await TestSite.StartAsync();
        await using var other = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Redirect("/taken", 301, "/new").Redirect("/secret", 301, other["/new"].AbsoluteUri).Text("/new", Rss(site), "application/rss+xml");
        other.Text("/new", Rss(other), "application/rss+xml");
        await AddAsync(workshop, site["/new"]);
        var (taken, secret) = (await AddAsync(workshop, site["/taken"]), await AddAsync(workshop, site["/secret"]));
        await workshop.Tools.Get<IFeedSettings>().SaveAsync(secret, new FetchSettings { User = "reader", Password = "x" }, Stop);
        for (var poll = 0; poll < 4; poll++)
            foreach (var id in (long[])[taken, secret]) await workshop.PollAsync(id);
        Assert.Equal(site["/taken"].AbsoluteUri, (await FeedAsync(workshop, taken)).Url);
        Assert.Equal(site["/secret"].AbsoluteUri, (await FeedAsync(workshop, secret)).Url);
        Assert.All(other.Requests, request => Assert.Null(request["Authorization"]));
        Assert.DoesNotContain(await workshop.FailuresAsync(), failure => failure.Job.Kind is JobKind.RefreshFeed);
    }

    [Fact]
    public async Task What_is_gone_is_retired_for_all_to_see_until_a_person_asks_again()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Status("/feed", 410);
        var id = await AddAsync(workshop, site["/feed"]);
        await workshop.PollAsync(id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.Equal((FailureKind.Permanent, 410, null), (failure.Kind, failure.Status, failure.NextRetryAt));
        Assert.Contains("retired", failure.Error, StringComparison.Ordinal);
        var feed = await FeedAsync(workshop, id);
        Assert.Null(feed.NextDueAt);
        Assert.Contains("retired", feed.LastError, StringComparison.Ordinal);

        site.Text("/feed", Rss(site), "application/rss+xml");
        await workshop.Tools.Get<IFailureStore>().RerunAsync(new FailureFilter { Ids = [failure.Id] }, new ByHand("test", AuditSource.Cli, null), null, TimeProvider.System.GetUtcNow(), Stop);
        Assert.NotNull((await FeedAsync(workshop, id)).NextDueAt);
        await workshop.PollAsync(id);
        Assert.DoesNotContain(await workshop.FailuresAsync(), left => left.Job.Kind is JobKind.RefreshFeed);
        Assert.NotNull((await FeedAsync(workshop, id)).NextDueAt);
    }

    [Fact]
    public async Task A_lost_feed_is_looked_for_once_on_its_site()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/old", Rss(site), "application/rss+xml").Text("/new", Rss(site), "application/rss+xml")
            .Text("/", "<html><head><link rel=alternate type='application/rss+xml' href='/new'></head><body><p>News</p></body></html>");
        var id = await AddAsync(workshop, site["/old"]);
        await workshop.PollAsync(id);
        site.Status("/old", 404);
        await workshop.PollAsync(id);
        await workshop.PollAsync(id);
        Assert.Equal((site["/old"].AbsoluteUri, 0), (await FeedAsync(workshop, id) is var lost ? lost.Url : "", site.Count("/")));
        await workshop.PollAsync(id);
        Assert.Equal(site["/new"].AbsoluteUri, (await FeedAsync(workshop, id)).Url);
        await workshop.PollAsync(id);
        Assert.Null((await FeedAsync(workshop, id)).LastError);
    }

    [Fact]
    public async Task A_lost_suspects_site_is_read_under_the_mark()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/", "<html><head><link rel=alternate type='application/rss+xml' href='/new'></head><body><p>News</p></body></html>").Text("/new", Rss(site), "application/rss+xml");
        var id = await AddAsync(workshop, site["/old"]);
        for (var poll = 0; poll < 2; poll++) await workshop.PollAsync(id);
        var database = workshop.Tools.Get<Database>();
        await database.WriteAsync(context => context.Database.ExecuteSqlRawAsync("""
            CREATE TABLE marks (at INTEGER);
            CREATE TRIGGER marked AFTER UPDATE OF in_hand ON feeds WHEN new.in_hand AND NOT old.in_hand BEGIN INSERT INTO marks VALUES (1); END;
            UPDATE feeds SET deaths = 1;
            """, Stop), Stop);
        await workshop.PollAsync(id);
        Assert.Equal(site["/new"].AbsoluteUri, (await FeedAsync(workshop, id)).Url);
        // The page as a feed, the page as a page, the feed that it names.
        Assert.Equal(3, await database.ReadAsync(context => context.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM marks").SingleAsync(Stop), Stop));
    }

    [Fact]
    public async Task A_lost_feed_whose_site_names_no_other_stays_where_it_is()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/", "<p>News</p>");
        var id = await AddAsync(workshop, site["/old"]);
        for (var poll = 0; poll < 6; poll++) await workshop.PollAsync(id);
        Assert.Equal((site["/old"].AbsoluteUri, 6), (await FeedAsync(workshop, id) is var feed ? feed.Url : "", feed.Attempts));
        Assert.Equal(1, site.Count("/"));
    }

    [Fact]
    public async Task Validators_are_renewed_by_an_unchanged_body_and_by_a_304()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        var (status, tag) = (200, "\"1\"");
        site.On("/feed", http =>
        {
            http.Response.Headers.ETag = tag;
            http.Response.StatusCode = status;
            return status == 304 ? Task.CompletedTask : http.Response.WriteAsync(Rss(site));
        });
        var id = await AddAsync(workshop, site["/feed"]);
        await workshop.PollAsync(id);
        foreach (var (answer, next) in ((int, string)[])[(200, "\"2\""), (304, "\"3\""), (304, "\"3\"")])
        {
            (status, tag) = (answer, next);
            await workshop.PollAsync(id);
        }
        Assert.Equal([null, "\"1\"", "\"2\"", "\"3\""], site.Requests.Where(request => request.Path == "/feed").Select(request => request["If-None-Match"]));
        var last = (await FeedAsync(workshop, id)).LastAnswer!;
        Assert.Equal((304, site["/feed"].AbsoluteUri, 0), (last.Status, last.Url, last.Bytes));
    }

    [Fact]
    public async Task An_articles_page_is_asked_as_its_feed_wants_and_as_robots_allow()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/robots.txt", "User-agent: *\nDisallow: /story", "text/plain").Text("/feed", Rss(site), "application/rss+xml").Text("/story", Story);
        var id = await AddAsync(workshop, site["/feed"]);
        await workshop.PollAsync(id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.Equal(FailureKind.Permanent, failure.Kind);
        Assert.StartsWith("robots.txt of", failure.Error, StringComparison.Ordinal);
        Assert.Equal(0, site.Count("/story"));

        await workshop.Tools.Get<IFeedSettings>().SaveAsync(id, new FetchSettings { IgnoresRobots = true, UserAgent = "Agreed/1", User = "reader", Password = "x" }, Stop);
        Assert.True(await workshop.Tools.Get<IArticleStore>().ClaimAsync(failure.Job.ArticleId, workshop.Tools.Get<Pipeline.LeaseHolder>().Take(), Stop));
        await workshop.Tools.Get<Pipeline.IngestArticle>().RunAsync(failure.Job.ArticleId, Stop);
        Assert.Empty(await workshop.FailuresAsync());
        var asked = Assert.Single(site.Requests, request => request.Path == "/story");
        Assert.Equal("Agreed/1", asked["User-Agent"]);
        Assert.NotNull(asked["Authorization"]);
    }

    [Theory]
    [InlineData("/refresh", "by a meta refresh")]
    [InlineData("/led", "wants consent")]
    public async Task What_stands_before_an_article_is_called_by_its_name(string page, string why)
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await OpenAsync();
        site.Text("/refresh", "<meta http-equiv=refresh content='0;url=/story'>").Redirect("/led", 302, "/consent?to=/led").Text("/consent", "<h1>Welcome</h1><p>We and our partners</p><button>Accept</button>")
            .Text("/feed", Rss(site, page), "application/rss+xml");
        await workshop.PollAsync(await AddAsync(workshop, site["/feed"]));
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.Equal(FailureKind.Permanent, failure.Kind);
        Assert.Contains(why, failure.Error, StringComparison.Ordinal);
    }

    private static readonly string Story =
        $"<html><head><title>Harbour wall to be raised</title></head><body><article><h1>Harbour wall to be raised</h1>{string.Concat(Enumerable.Range(1, 12).Select(number => $"<p>The council has decided in its sitting number {number} that the wall of the harbour is to be raised before the winter comes, whatever it may cost the town.</p>"))}</article></body></html>";

    private static string Rss(TestSite site, string page = "/story") => $"""
        <rss version="2.0"><channel><title>News</title><link>{site.BaseUri}</link><description>d</description>
        <item><title>Harbour wall to be raised</title><link>{site[page]}</link><guid>{site[page]}</guid></item></channel></rss>
        """;

    private static Task<Workshop> OpenAsync() => Workshop.OpenAsync(null, ("Fetching:AllowedAddresses:1", "127.0.0.0/8"));

    private static async Task<long> AddAsync(Workshop workshop, Uri url) => (await workshop.Tools.Get<ICatalog>().AddFeedAsync(url, null, TimeProvider.System.GetUtcNow(), Stop)).Feed.Id;

    private static async Task<FeedSummary> FeedAsync(Workshop workshop, long id) => (await workshop.Tools.Get<ICatalog>().FindFeedAsync(id, Stop))!;
}
