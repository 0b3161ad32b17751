using System.Text;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Storage;

/// <summary>How feeds are fetched, and what is known of hosts.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_feeds_own_way_of_being_asked_reaches_its_polls_and_its_articles()
    {
        var (feed, store) = (await FeedAsync("https://example.org/a"), Tools.Get<IFeedSettings>());
        Assert.Equal(FetchSettings.None, await store.FindAsync(feed, CancellationToken.None));
        var settings = new FetchSettings
        {
            Headers = new Dictionary<string, string> { ["X-Key"] = "1" },
            User = "reader",
            Password = "pä:ss",
            UserAgent = "Agreed/1",
            Proxy = new Uri("http://proxy.example:3128"),
            IgnoresRobots = true,
        };
        Assert.True(await store.SaveAsync(feed, settings, CancellationToken.None));
        Assert.Equivalent(settings, await store.FindAsync(feed, CancellationToken.None), strict: true);
        Assert.Equivalent(settings, (await Feeds.FindAsync(feed, CancellationToken.None))!.Settings, strict: true);
        var listed = (await Catalog.FindFeedAsync(feed, CancellationToken.None))!.Asked!;
        Assert.Contains("as reader", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("pä", listed, StringComparison.Ordinal);

        await Feeds.ClaimAsync(feed, Lease("w"), CancellationToken.None);
        var article = new NewArticle(Guid.CreateVersion7(Now), "one", new Uri("https://example.org/1"), new FeedEntry(), Now, Now);
        await Feeds.SavePollAsync(new PollResult(feed, Now, Now, TimeSpan.FromMinutes(5)) { LeaseOwner = Lease("w").Owner, Description = new FeedDescription(null, null, null, "\"1\"", "then", "hash") }, [article], CancellationToken.None);
        Assert.Equivalent(settings, (await Articles.FindPendingAsync(article.Id, CancellationToken.None))!.Settings, strict: true);

        await store.SaveAsync(feed, FetchSettings.None, CancellationToken.None);
        Assert.Null((await Catalog.FindFeedAsync(feed, CancellationToken.None))!.Asked);
        Assert.False(await store.SaveAsync(4711, settings, CancellationToken.None));
        Assert.Null(await store.FindAsync(4711, CancellationToken.None));
    }

    [Fact]
    public async Task A_304_renews_the_validators_it_names_and_the_last_answer_is_kept()
    {
        var feed = await FeedAsync("https://example.org/a");
        var first = new PollResult(feed, Now, Now, TimeSpan.FromMinutes(5)) { Description = new FeedDescription(null, null, null, "\"1\"", "then", "hash"), LeaseOwner = null };
        await Feeds.SavePollAsync(first, [], CancellationToken.None);
        var visit = new FetchVisit("https://example.org/b", Now, 304, TimeSpan.FromSeconds(0.25), 0, "192.0.2.9", new Dictionary<string, string> { ["server"] = "x" })
        {
            WireBytes = 7,
            AnsweredAfter = TimeSpan.FromSeconds(0.2),
        };
        await Feeds.SavePollAsync(first with { PolledAt = Now.AddMinutes(5), Description = null, ETag = "\"2\"", Visits = [visit with { Status = 301 }, visit] }, [], CancellationToken.None);
        var known = (await Feeds.FindAsync(feed, CancellationToken.None))!;
        Assert.Equal(("\"2\"", "then", "hash", Now), (known.ETag, known.LastModified, known.BodyHash, known.LastFullFetchAt));
        Assert.Equivalent(visit, (await Catalog.FindFeedAsync(feed, CancellationToken.None))!.LastAnswer, strict: true);
    }

    [Fact]
    public async Task A_feed_moves_unless_its_new_address_is_taken()
    {
        var (one, two) = (await FeedAsync("https://example.org/a"), await FeedAsync("https://example.org/b"));
        var next = new Uri("https://other.example:8443/feed");
        await Feeds.NoteMoveAsync(one, next, 2, CancellationToken.None);
        var noted = (await Feeds.FindAsync(one, CancellationToken.None))!;
        Assert.Equal((next, 2), (noted.MovedTo, noted.MovedSeen));
        Assert.False(await Feeds.MoveAsync(one, new Uri("https://example.org/b"), CancellationToken.None));
        Assert.True(await Feeds.MoveAsync(one, next, CancellationToken.None));
        var moved = (await Feeds.FindAsync(one, CancellationToken.None))!;
        Assert.Equal((next, null, 0), (moved.Url, moved.MovedTo, moved.MovedSeen));
        Assert.False(await Feeds.MoveAsync(two, next, CancellationToken.None));
        Assert.Contains(await Feeds.ClaimDueAsync(10, Lease("w"), CancellationToken.None), due => due.Id == one && due.Host == "other.example:8443");
    }

    [Fact]
    public async Task What_is_known_of_a_host_comes_back_as_it_was()
    {
        var hosts = Tools.Get<IHostStore>();
        Assert.Null(await hosts.FindRobotsAsync("example.org", CancellationToken.None));
        await hosts.SaveRobotsAsync("example.org", new RobotsCopy(Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /ä"), Now), CancellationToken.None);
        await hosts.SaveRobotsAsync("none.example", new RobotsCopy(null, Now), CancellationToken.None);
        var copy = (await hosts.FindRobotsAsync("example.org", CancellationToken.None))!;
        Assert.Equal(("User-agent: *\nDisallow: /ä", Now), (Encoding.UTF8.GetString(copy.Body!.Value.Span), copy.At));
        Assert.Null((await hosts.FindRobotsAsync("none.example", CancellationToken.None))!.Body);
        await hosts.SaveRobotsAsync("example.org", new RobotsCopy(null, Now.AddDays(1)), CancellationToken.None);
        Assert.Null((await hosts.FindRobotsAsync("example.org", CancellationToken.None))!.Body);

        var now = Tools.Get<TimeProvider>().GetUtcNow();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        await hosts.SlowDownAsync(new SlowHost("example.org", TimeSpan.FromSeconds(8), at), CancellationToken.None);
        await hosts.SlowDownAsync(new SlowHost("example.org", TimeSpan.FromSeconds(4), at), CancellationToken.None);
        await hosts.SlowDownAsync(new SlowHost("long.example", TimeSpan.FromSeconds(4), at - SlowHost.Forgotten), CancellationToken.None);
        var pulse = await Tools.Get<IWorkerRegistry>().EnterAsync(CancellationToken.None);
        Assert.Equal(new SlowHost("example.org", TimeSpan.FromSeconds(8), at), Assert.Single(pulse.Slow));
    }
}
