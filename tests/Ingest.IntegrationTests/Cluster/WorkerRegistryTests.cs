using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Cluster;

public sealed class WorkerRegistryTests
{
    private const string NoHost = "127.0.0.1:9";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_silent_worker_held_is_due_at_once_and_its_death_is_counted()
    {
        await using var database = await SharedDatabase.CreateAsync();
        var (dead, alive) = (await WorkerAsync(database), await WorkerAsync(database));
        var (feed, article) = await HoldAsync(dead);
        await dead.Get<IOutboxStore>().RegisterAsync("sink", null, Now(dead), Stop);
        Assert.NotNull(await dead.Get<IOutboxStore>().LeaseAsync("sink", dead.Get<LeaseHolder>().Take(), Stop));
        Assert.Empty((await alive.Get<IWorkerRegistry>().BeatAsync(Stop)).Dead);
        Assert.Empty(await alive.Get<IFeedStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop));

        await SilenceAsync(database, dead);
        var pulse = await alive.Get<IWorkerRegistry>().BeatAsync(Stop);
        Assert.Equal((1, dead.Get<WorkerIdentity>().Name), (pulse.Workers, Assert.Single(pulse.Dead)));
        Assert.Equal(feed, Assert.Single(await alive.Get<IFeedStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop)).Id);
        Assert.Equal(article, Assert.Single(await alive.Get<IArticleStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop)).Id);
        Assert.Equal(1, (await alive.Get<IArticleStore>().FindPendingAsync(article, Stop))!.Deaths);
        Assert.NotNull(await alive.Get<IOutboxStore>().LeaseAsync("sink", alive.Get<LeaseHolder>().Take(), Stop));
    }

    [Fact]
    public async Task A_worker_that_goes_gives_everything_back_and_nobody_counts_a_death()
    {
        await using var database = await SharedDatabase.CreateAsync();
        var (gone, alive) = (await WorkerAsync(database), await WorkerAsync(database));
        var (feed, article) = await HoldAsync(gone);
        await gone.Get<IWorkerRegistry>().LeaveAsync(Stop);
        Assert.Equal(alive.Get<WorkerIdentity>().Name, Assert.Single(await alive.Get<IWorkerRegistry>().ListAsync(Stop)).Name);
        Assert.Equal(feed, Assert.Single(await alive.Get<IFeedStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop)).Id);
        Assert.Equal(article, Assert.Single(await alive.Get<IArticleStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop)).Id);
        Assert.Equal(0, (await alive.Get<IArticleStore>().FindPendingAsync(article, Stop))!.Deaths);
    }

    [Fact]
    public async Task Whoever_was_silent_itself_judges_nobody()
    {
        await using var database = await SharedDatabase.CreateAsync();
        var (first, second) = (await WorkerAsync(database), await WorkerAsync(database));
        // As after an outage of the database: all are late.
        foreach (var worker in (Toolbox[])[first, second]) await SilenceAsync(database, worker);
        Assert.Empty((await first.Get<IWorkerRegistry>().BeatAsync(Stop)).Dead);
        Assert.Empty((await second.Get<IWorkerRegistry>().BeatAsync(Stop)).Dead);
        Assert.Equal(2, (await first.Get<IWorkerRegistry>().BeatAsync(Stop)).Workers);
    }

    [Fact]
    public async Task A_worker_that_was_taken_for_dead_comes_back_and_harms_nothing()
    {
        await using var database = await SharedDatabase.CreateAsync();
        await using var workshop = await Workshop.OpenAsync();
        var host = workshop.Newsroom.BaseUri.Authority;
        var (stalled, alive) = (await WorkerAsync(database, host), await WorkerAsync(database, host));
        var source = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText);
        var feed = (await alive.Get<ICatalog>().AddFeedAsync(new Uri(workshop.Newsroom.BaseUri, source.Path), null, Now(alive), Stop)).Feed.Id;
        Assert.Equal(feed, Assert.Single(await stalled.Get<IFeedStore>().ClaimDueAsync(10, stalled.Get<LeaseHolder>().Take(), Stop)).Id);
        await SilenceAsync(database, stalled);
        await alive.Get<IWorkerRegistry>().BeatAsync(Stop);
        Assert.Equal(feed, Assert.Single(await alive.Get<IFeedStore>().ClaimDueAsync(10, alive.Get<LeaseHolder>().Take(), Stop)).Id);

        await stalled.Get<RefreshFeed>().RunAsync(feed, Stop);
        Assert.Empty(workshop.Newsroom.Requests);
        Assert.Equal(2, (await stalled.Get<IWorkerRegistry>().BeatAsync(Stop)).Workers);
        await alive.Get<RefreshFeed>().RunAsync(feed, Stop);
        Assert.All(await alive.Get<ICatalog>().ListArticlesAsync(feed, null, 100, Stop), article => Assert.Equal("Ingested", article.State));
        Assert.Empty(await alive.Get<IFailureStore>().ListAsync(new FailureFilter(), Stop));
    }

    [Fact]
    public async Task A_machine_whose_clock_is_an_hour_wrong_has_the_databases_time()
    {
        await using var database = await SharedDatabase.CreateAsync();
        var sound = await WorkerAsync(database);
        await HoldAsync(sound);
        foreach (var hours in (int[])[-1, 1])
        {
            var clock = new ClusterClock(new WrongClock(TimeSpan.FromHours(hours)));
            // Half of what the question took is the error: on a busy machine it is asked again.
            await Wait.UntilAsync(async () =>
            {
                await new DatabaseClock(sound.Get<Database>(), clock).FollowAsync(Stop);
                return (clock.GetUtcNow() - Now(sound)).Duration() < TimeSpan.FromSeconds(1);
            }, "the database's time");
            var now = clock.GetUtcNow();
            Assert.Empty(await sound.Get<IFeedStore>().ClaimDueAsync(10, new Lease("wrong/1", now, now.AddMinutes(10)), Stop));
        }
    }

    [Fact]
    public async Task On_sqlite_a_start_takes_over_from_whoever_was_there()
    {
        using var data = new TempFolder();
        var settings = new Settings(null, Verbose: false, [new("Storage:DataDir", data.Path)]);
        (long Feed, Guid Article) held;
        await using (var killed = await Toolbox.OpenAsync(settings, Stop))
        {
            await killed.Get<IWorkerRegistry>().EnterAsync(Stop);
            held = await HoldAsync(killed);
        }
        await using var next = await Toolbox.OpenAsync(settings, Stop);
        Assert.Equal(1, (await next.Get<IWorkerRegistry>().EnterAsync(Stop)).Workers);
        Assert.Equal(held.Feed, Assert.Single(await next.Get<IFeedStore>().ClaimDueAsync(10, next.Get<LeaseHolder>().Take(), Stop)).Id);
        Assert.Equal(held.Article, Assert.Single(await next.Get<IArticleStore>().ClaimDueAsync(10, next.Get<LeaseHolder>().Take(), Stop)).Id);
    }

    private static DateTimeOffset Now(Toolbox worker) => worker.Get<TimeProvider>().GetUtcNow();

    private static async Task<Toolbox> WorkerAsync(SharedDatabase database, string host = NoHost)
    {
        var tools = await database.OpenAsync(host, ("Fetching:HostDelay", "00:00:00"), ("Fetching:HostConcurrency", "8"));
        await tools.Get<IWorkerRegistry>().EnterAsync(Stop);
        return tools;
    }

    /// <summary>A feed, and an article that a poll of another one brought, in a worker's hands.</summary>
    private static async Task<(long Feed, Guid Article)> HoldAsync(Toolbox worker)
    {
        var (catalog, feeds, now) = (worker.Get<ICatalog>(), worker.Get<IFeedStore>(), Now(worker));
        var polled = (await catalog.AddFeedAsync(new Uri("https://example.org/polled"), null, now, Stop)).Feed.Id;
        var lease = worker.Get<LeaseHolder>().Take();
        Assert.True(await feeds.ClaimAsync(polled, lease, Stop));
        var article = new NewArticle(Guid.CreateVersion7(now), "https://example.org/1", new Uri("https://example.org/1"), new FeedEntry(), now, lease.Until);
        await feeds.SavePollAsync(new PollResult(polled, now, now.AddHours(1), TimeSpan.FromHours(1)) { LeaseOwner = lease.Owner }, [article], Stop);
        var feed = (await catalog.AddFeedAsync(new Uri("https://example.org/held"), null, now, Stop)).Feed.Id;
        Assert.True(await feeds.ClaimAsync(feed, worker.Get<LeaseHolder>().Take(), Stop));
        return (feed, article.Id);
    }

    private static Task<int> SilenceAsync(SharedDatabase database, Toolbox worker) =>
        database.AskAsync<int>($"UPDATE workers SET seen_at = seen_at - interval '16 seconds' WHERE name = '{worker.Get<WorkerIdentity>().Name}' RETURNING 1");

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + by;
    }
}
