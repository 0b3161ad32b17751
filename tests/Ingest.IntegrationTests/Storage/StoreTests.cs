using System.Text;
using Ingest.Core.Articles;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Storage;

/// <summary>What the flow relies on, whatever the database.</summary>
public sealed class StoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _data = new();
    private Toolbox _tools = null!;

    private IFeedStore Feeds => _tools.Get<IFeedStore>();
    private IArticleStore Articles => _tools.Get<IArticleStore>();
    private IOutboxStore Outbox => _tools.Get<IOutboxStore>();
    private IFailureStore Failures => _tools.Get<IFailureStore>();
    private ICatalog Catalog => _tools.Get<ICatalog>();

    public async ValueTask InitializeAsync() =>
        _tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [new("Storage:DataDir", _data.Path)]), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Due_feeds_are_claimed_by_one_worker_each_however_many_ask_at_once()
    {
        for (var i = 0; i < 50; i++) await FeedAsync($"https://example.org/{i}");
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(worker => Task.Run(() => Feeds.ClaimDueAsync(10, Lease($"w{worker}"), CancellationToken.None))));
        var claimed = claims.SelectMany(ids => ids).ToList();
        Assert.Equal(50, claimed.Count);
        Assert.Equal(50, claimed.Distinct().Count());
        Assert.Empty(await Feeds.ClaimDueAsync(10, Lease("late"), CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_that_has_run_out_is_taken_over_and_one_that_was_given_back_at_once()
    {
        var feed = await FeedAsync("https://example.org/a");
        Assert.True(await Feeds.ClaimAsync(feed, Lease("first"), CancellationToken.None));
        Assert.False(await Feeds.ClaimAsync(feed, Lease("second"), CancellationToken.None));
        Assert.True(await Feeds.ClaimAsync(feed, Lease("third", Now.AddMinutes(11)), CancellationToken.None));
        Assert.Equal(1, (await Feeds.FindAsync(feed, CancellationToken.None))!.Deaths);
        await Feeds.ReleaseAsync([feed], CancellationToken.None);
        Assert.True(await Feeds.ClaimAsync(feed, Lease("fourth"), CancellationToken.None));
    }

    [Fact]
    public async Task An_article_is_stored_once_even_when_two_feeds_bring_it_at_once()
    {
        var first = await FeedAsync("https://example.org/a");
        var second = await FeedAsync("https://example.org/b");
        await Feeds.SavePollAsync(Poll(first), [Article("https://example.org/1")], CancellationToken.None);
        await Feeds.SavePollAsync(Poll(second), [Article("https://example.org/1"), Article("https://example.org/2")], CancellationToken.None);
        Assert.Equal(2, (await Catalog.ListArticlesAsync(null, null, 10, CancellationToken.None)).Count);
        Assert.Equal(["https://example.org/1"], await Feeds.KnownAsync(["https://example.org/1", "https://example.org/3"], CancellationToken.None));
    }

    [Fact]
    public async Task Ingesting_twice_stores_and_queues_once()
    {
        var id = await PendingAsync();
        Assert.True(await Articles.SaveIngestedAsync(Ingested(id, "a:1"), CancellationToken.None));
        Assert.False(await Articles.SaveIngestedAsync(Ingested(id, "a:1"), CancellationToken.None));
        Assert.Equal("a:1", Assert.Single(await Outbox.ReadAsync(0, 10, CancellationToken.None)).MessageId);
        Assert.Null(await Articles.FindPendingAsync(id, CancellationToken.None));
        var found = await Catalog.FindArticleAsync(id, CancellationToken.None);
        Assert.Equal(("Ingested", "{}"), (found!.Summary.State, found.Data));
    }

    [Fact]
    public async Task A_failed_article_waits_for_its_time_and_a_rerun_makes_it_due()
    {
        var id = await PendingAsync();
        await Failures.RecordAsync(Report(id, FailureKind.Transient, Now.AddHours(1)), CancellationToken.None);
        await Failures.RecordAsync(Report(id, FailureKind.Permanent, null), CancellationToken.None);
        var failure = Assert.Single(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Equal((2, FailureKind.Permanent), (failure.Attempts, failure.Kind));
        Assert.Empty(await Articles.ClaimDueAsync(10, Lease("w", Now.AddYears(1)), CancellationToken.None));

        Assert.Empty(await Failures.RerunAsync(new FailureFilter { Host = "other.example" }, dryRun: false, Now, CancellationToken.None));
        Assert.Single(await Failures.RerunAsync(new FailureFilter { Host = "example.org" }, dryRun: true, Now, CancellationToken.None));
        Assert.Empty(await Articles.ClaimDueAsync(10, Lease("w"), CancellationToken.None));
        Assert.Single(await Failures.RerunAsync(new FailureFilter { Host = "example.org" }, dryRun: false, Now, CancellationToken.None));
        Assert.Equal([id], await Articles.ClaimDueAsync(10, Lease("w"), CancellationToken.None));
        Assert.Equal(0, (await Articles.FindPendingAsync(id, CancellationToken.None))!.Attempts);
    }

    [Fact]
    public async Task Articles_are_paged_by_their_ids_the_latest_first()
    {
        var feed = await FeedAsync("https://example.org/a");
        await Feeds.SavePollAsync(Poll(feed), [.. Enumerable.Range(0, 5).Select(n => Article($"https://example.org/{n}", Now.AddSeconds(n)))], CancellationToken.None);
        var first = await Catalog.ListArticlesAsync(feed, null, 3, CancellationToken.None);
        var second = await Catalog.ListArticlesAsync(feed, first[^1].Id, 3, CancellationToken.None);
        Assert.Equal(
            ["https://example.org/4", "https://example.org/3", "https://example.org/2", "https://example.org/1", "https://example.org/0"],
            first.Concat(second).Select(article => article.Url));
    }

    [Fact]
    public async Task One_relay_holds_a_sink_until_it_gives_it_up_or_its_lease_runs_out()
    {
        foreach (var sink in (string[])["jsonl", "other"]) await Outbox.RegisterAsync(sink, from: null, Now, CancellationToken.None);
        Assert.Equal(new SinkPosition(0, 0, 0, 0), await Outbox.LeaseAsync("jsonl", Lease("a"), CancellationToken.None));
        Assert.Null(await Outbox.LeaseAsync("jsonl", Lease("b"), CancellationToken.None));
        Assert.NotNull(await Outbox.LeaseAsync("other", Lease("b"), CancellationToken.None));
        Assert.NotNull(await Outbox.LeaseAsync("jsonl", Lease("c", Now.AddMinutes(11)), CancellationToken.None));
        await Outbox.ReleaseAsync("jsonl", "c", CancellationToken.None);
        Assert.NotNull(await Outbox.LeaseAsync("jsonl", Lease("d", Now.AddMinutes(11)), CancellationToken.None));
    }

    [Fact]
    public async Task A_sink_that_refuses_is_left_alone_until_its_time_and_forgets_it_after_success()
    {
        await Outbox.RegisterAsync("jsonl", from: null, Now, CancellationToken.None);
        await Outbox.LeaseAsync("jsonl", Lease("a"), CancellationToken.None);
        await Outbox.BackOffAsync("jsonl", "a", "disk full", Now.AddMinutes(1), CancellationToken.None);
        Assert.Null(await Outbox.LeaseAsync("jsonl", Lease("a"), CancellationToken.None));
        Assert.Equal(new SinkPosition(0, 0, 1, 0), await Outbox.LeaseAsync("jsonl", Lease("a", Now.AddMinutes(2)), CancellationToken.None));
        Assert.False(await Outbox.SettleAsync("jsonl", "b", new Settlement(7, [5, 7], [], Now), CancellationToken.None));
        Assert.True(await Outbox.SettleAsync("jsonl", "a", new Settlement(7, [5, 7], [], Now), CancellationToken.None));
        var delivery = Assert.Single(await _tools.Get<IDeliveryDesk>().ListAsync(CancellationToken.None));
        Assert.Equal((7, 2, 0, null), (delivery.Cursor, delivery.Delivered, delivery.Attempts, delivery.LastError));
    }

    [Fact]
    public async Task Removing_a_feed_keeps_its_articles_and_drops_what_was_pending()
    {
        var id = await PendingAsync();
        var feed = Assert.Single(await Catalog.ListFeedsAsync(10, CancellationToken.None)).Id;
        await Feeds.SavePollAsync(Poll(feed), [Article("https://example.org/pending")], CancellationToken.None);
        await Articles.SaveIngestedAsync(Ingested(id, "a:1"), CancellationToken.None);
        Assert.True(await Catalog.RemoveFeedAsync(feed, CancellationToken.None));
        Assert.False(await Catalog.RemoveFeedAsync(feed, CancellationToken.None));
        Assert.Equal(id, Assert.Single(await Catalog.ListArticlesAsync(null, null, 10, CancellationToken.None)).Id);
    }

    private async Task<long> FeedAsync(string url) => (await Catalog.AddFeedAsync(new Uri(url), null, Now, CancellationToken.None)).Feed.Id;

    private async Task<Guid> PendingAsync()
    {
        var article = Article("https://example.org/1");
        await Feeds.SavePollAsync(Poll(await FeedAsync("https://example.org/feed")), [article], CancellationToken.None);
        return article.Id;
    }

    private static Lease Lease(string owner, DateTimeOffset? now = null) => new(owner, now ?? Now, (now ?? Now).AddMinutes(10));

    private static PollResult Poll(long feed) => new(feed, Now, Now.AddHours(1), TimeSpan.FromHours(1));

    private static NewArticle Article(string url, DateTimeOffset? at = null) =>
        new(Guid.CreateVersion7(at ?? Now), url, new Uri(url), new FeedEntry { Title = "A title" }, Now, Now.AddMinutes(10));

    private static FailureReport Report(Guid id, FailureKind kind, DateTimeOffset? next) => new(Job.IngestArticle(id), kind, "example.org", "HTTP 500", Now, next);

    private static IngestedArticle Ingested(Guid id, string messageId) => new(
        id, new CleanArticle { Text = "text", Paragraphs = [], Removed = [], Quality = new ExtractionQuality(1, false, false, "html") },
        new RawPage(new Uri("https://example.org/1"), "text/html", "<p>text"u8.ToArray(), Now), "hash", Encoding.UTF8.GetBytes("{}"),
        Messages.Number(0) with { MessageId = messageId }, Now);
}
