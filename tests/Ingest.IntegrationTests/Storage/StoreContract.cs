using System.Text;
using Ingest.Core.Articles;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Storage;

/// <summary>What the flow relies on, whatever the database; a class for each runs it.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _data = new();

    private protected Toolbox Tools { get; private set; } = null!;
    private protected IFeedStore Feeds => Tools.Get<IFeedStore>();
    private protected IArticleStore Articles => Tools.Get<IArticleStore>();
    private protected IOutboxStore Outbox => Tools.Get<IOutboxStore>();
    private protected IFailureStore Failures => Tools.Get<IFailureStore>();
    private protected ICatalog Catalog => Tools.Get<ICatalog>();

    public async ValueTask InitializeAsync() =>
        Tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [new("Storage:DataDir", _data.Path), .. await SettingsAsync()]), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Tools is not null) await Tools.DisposeAsync();
        await EndAsync();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The settings that name an empty database.</summary>
    private protected abstract Task<IEnumerable<KeyValuePair<string, string?>>> SettingsAsync();

    private protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;

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
        await Feeds.ReleaseAsync(feed, "first", Now, CancellationToken.None);
        Assert.False(await Feeds.ClaimAsync(feed, Lease("fourth"), CancellationToken.None));
        await Feeds.ReleaseAsync(feed, "third", Now, CancellationToken.None);
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

        Assert.Equal(0, (await Failures.RerunAsync(new FailureFilter { Host = "other.example" }, By, null, Now, CancellationToken.None)).Count);
        Assert.Equal(1, await Failures.CountAsync(new FailureFilter { Host = "example.org" }, CancellationToken.None));
        Assert.Empty(await Articles.ClaimDueAsync(10, Lease("w"), CancellationToken.None));
        Assert.Equal(1, (await Failures.RerunAsync(new FailureFilter { Host = "example.org" }, By, null, Now, CancellationToken.None)).Count);
        Assert.Equal(new DueArticle(id, "A title", new Uri("https://example.org/1")), Assert.Single(await Articles.ClaimDueAsync(10, Lease("w"), CancellationToken.None)));
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
        var delivery = Assert.Single(await Tools.Get<IDeliveryDesk>().ListAsync(CancellationToken.None));
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

    [Fact]
    public async Task Due_articles_are_claimed_by_one_worker_each_however_many_ask_at_once()
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Feeds.ClaimAsync(feed, Lease("dies/1"), CancellationToken.None);
        await Feeds.SavePollAsync(Poll(feed) with { LeaseOwner = "dies/1" }, [.. Enumerable.Range(0, 50).Select(n => Article($"https://example.org/{n}"))], CancellationToken.None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(worker => Task.Run(() => Articles.ClaimDueAsync(10, Lease($"w{worker}", Now.AddHours(1)), CancellationToken.None))));
        var claimed = claims.SelectMany(due => due).Select(article => article.Id).ToList();
        // What was leased from birth and not given back: its holder died.
        Assert.Equal((50, 50), (claimed.Count, claimed.Distinct().Count()));
        Assert.Equal(1, (await Articles.FindPendingAsync(claimed[0], CancellationToken.None))!.Deaths);
    }

    [Fact]
    public async Task What_a_person_asks_for_is_leased_due_or_not_and_what_was_given_up_begins_afresh()
    {
        var (feed, id) = await FailedForGoodAsync();
        Assert.True(await Articles.ClaimAsync(id, Lease("w/1"), CancellationToken.None));
        var found = await Articles.FindPendingAsync(id, CancellationToken.None);
        Assert.Equal(("w/1", 0), (found!.LeaseOwner, found.Attempts));
        Assert.False(await Articles.ClaimAsync(id, Lease("w/2"), CancellationToken.None));
        Assert.False(await Articles.ClaimAsync(Guid.CreateVersion7(Now), Lease("w/2"), CancellationToken.None));

        Assert.True(await Feeds.ClaimAsync(feed, Lease("w/3"), CancellationToken.None));
        Assert.False(await Feeds.ClaimAsync(feed, Lease("w/4"), CancellationToken.None));
        Assert.Equal(("w/3", 0), ((await Feeds.FindAsync(feed, CancellationToken.None))!.LeaseOwner, (await Feeds.FindAsync(feed, CancellationToken.None))!.Attempts));
    }

    [Fact]
    public async Task What_a_person_asks_for_and_is_to_be_tried_again_anyway_keeps_its_attempts()
    {
        var (_, id) = await FailedForGoodAsync(Now.AddHours(1));
        Assert.True(await Articles.ClaimAsync(id, Lease("w/1"), CancellationToken.None));
        Assert.Equal(1, (await Articles.FindPendingAsync(id, CancellationToken.None))!.Attempts);
    }

    /// <summary>A feed with one article, both failed once.</summary>
    private async Task<(long Feed, Guid Article)> FailedForGoodAsync(DateTimeOffset? next = null)
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Feeds.ClaimAsync(feed, Lease("w/0"), CancellationToken.None);
        await Feeds.SavePollAsync(Poll(feed) with { LeaseOwner = "w/0" }, [Article("https://example.org/1")], CancellationToken.None);
        var id = Assert.Single(await Catalog.ListArticlesAsync(null, null, 10, CancellationToken.None)).Id;
        await Failures.RecordAsync(Report(id, FailureKind.Permanent, next) with { LeaseOwner = "w/0" }, CancellationToken.None);
        await Failures.RecordAsync(new FailureReport(Job.RefreshFeed(feed), FailureKind.Poison, "example.org", "it kills", Now, null), CancellationToken.None);
        return (feed, id);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_changes_nothing_of_what_another_holds_now()
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Feeds.ClaimAsync(feed, Lease("late/1"), CancellationToken.None);
        await Feeds.SavePollAsync(Poll(feed) with { LeaseOwner = "late/1" }, [Article("https://example.org/1")], CancellationToken.None);
        var article = Assert.Single(await Articles.ClaimDueAsync(10, Lease("quick/1", Now.AddHours(1)), CancellationToken.None)).Id;
        await Feeds.ClaimAsync(feed, Lease("quick/1", Now.AddHours(1)), CancellationToken.None);

        Assert.Empty(await Feeds.SavePollAsync(Poll(feed) with { LeaseOwner = "late/1" }, [Article("https://example.org/2")], CancellationToken.None));
        await Failures.RecordAsync(Report(article, FailureKind.Permanent, null) with { LeaseOwner = "late/1" }, CancellationToken.None);
        await Failures.RecordAsync(new FailureReport(Job.RefreshFeed(feed), FailureKind.Permanent, "example.org", "HTTP 404", Now, null) { LeaseOwner = "late/1" }, CancellationToken.None);
        await Articles.ReleaseAsync([article], "late/1", Now, CancellationToken.None);
        await Feeds.ReleaseAsync(feed, "late/1", Now, CancellationToken.None);

        Assert.Equal("quick/1", (await Feeds.FindAsync(feed, CancellationToken.None))!.LeaseOwner);
        Assert.Equal("quick/1", (await Articles.FindPendingAsync(article, CancellationToken.None))!.LeaseOwner);
        Assert.Empty(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Single(await Catalog.ListArticlesAsync(null, null, 10, CancellationToken.None));
        Assert.Single(await Feeds.SavePollAsync(Poll(feed) with { LeaseOwner = "quick/1" }, [Article("https://example.org/2")], CancellationToken.None));
    }

    [Fact]
    public async Task Suspects_are_claimed_one_at_a_time_until_all_others_are_through()
    {
        var suspects = new[] { await FeedAsync("https://example.org/suspect-1"), await FeedAsync("https://example.org/suspect-2") };
        foreach (var suspect in suspects) await Feeds.ClaimAsync(suspect, Lease("dies", Now.AddDays(-2)), CancellationToken.None);
        Assert.Equal(2, (await ClaimDueAsync(5, Lease("takes over", Now.AddDays(-1)))).Count());
        var sound = new[] { await FeedAsync("https://example.org/sound-1"), await FeedAsync("https://example.org/sound-2") };

        var first = (await ClaimDueAsync(1, Lease("w/1"))).ToList();
        var second = (await ClaimDueAsync(1, Lease("w/2"))).ToList();
        Assert.All([first, second], claimed => Assert.Equal((1, 1), (claimed.Intersect(sound).Count(), claimed.Intersect(suspects).Count())));
        Assert.Empty(await ClaimDueAsync(1, Lease("w/3")));
    }

    [Fact]
    public async Task Feeds_that_bring_the_same_articles_at_once_share_them_out()
    {
        var urls = Enumerable.Range(0, 40).Select(n => $"https://example.org/{n}").ToList();
        var feeds = new List<long>();
        for (var i = 0; i < 8; i++) feeds.Add(await FeedAsync($"https://example.org/feed/{i}"));
        var saved = await Task.WhenAll(feeds.Select((feed, i) => Task.Run(() =>
            // Each in another order: whoever waits for whom, nobody may wait in a circle.
            Feeds.SavePollAsync(Poll(feed), [.. urls.Skip(i * 5).Concat(urls.Take(i * 5)).Select(url => Article(url))], CancellationToken.None))));
        Assert.Equal(urls.Count, saved.Sum(ids => ids.Count));
        var stored = await Catalog.ListArticlesAsync(null, null, 100, CancellationToken.None);
        Assert.Equal(saved.SelectMany(ids => ids).Order(), stored.Select(article => article.Id).Order());
        Assert.Equal(urls.Order(StringComparer.Ordinal), stored.Select(article => article.Url).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_poll_tells_which_articles_are_new_and_a_feed_that_is_gone_brings_none()
    {
        var feed = await FeedAsync("https://example.org/feed");
        var (first, again, second) = (Article("https://example.org/1"), Article("https://example.org/1"), Article("https://example.org/2"));
        Assert.Equal([first.Id], await Feeds.SavePollAsync(Poll(feed), [first], CancellationToken.None));
        Assert.Equal([second.Id], await Feeds.SavePollAsync(Poll(feed), [again, second], CancellationToken.None));
        Assert.Empty(await Feeds.SavePollAsync(Poll(feed), [], CancellationToken.None));
        Assert.Empty(await Feeds.SavePollAsync(Poll(feed + 1), [Article("https://example.org/3")], CancellationToken.None));
        Assert.Equal(2, (await Catalog.CountAsync(CancellationToken.None)).Articles);
    }

    [Fact]
    public async Task A_poll_keeps_what_the_document_said_and_replaces_the_validators()
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Feeds.SavePollAsync(Poll(feed) with { Description = new FeedDescription("News", "de", "https://example.org/", "\"1\"", "Sun, 01 Nov 2026", "a") }, [], CancellationToken.None);
        await Feeds.SavePollAsync(Poll(feed) with { Description = new FeedDescription(null, null, null, null, null, "b") }, [Article("https://example.org/1")], CancellationToken.None);
        var found = (await Feeds.FindAsync(feed, CancellationToken.None))!;
        Assert.Equal(("News", "de", null, null, "b"), (found.Title, found.Language, found.ETag, found.LastModified, found.BodyHash));
        Assert.Equal((Now, Now, 0), (found.LastFullFetchAt, found.LastPolledAt, found.Attempts));
    }

    [Fact]
    public async Task An_article_that_two_workers_ingest_at_once_is_stored_and_queued_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await PendingAsync($"https://example.org/{round}");
            var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Articles.SaveIngestedAsync(Ingested(id, $"{id}:1"), CancellationToken.None))));
            Assert.Single(done, ingested => ingested);
        }
        Assert.Equal(10, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_worker_that_fails_while_another_ingests_takes_nothing_back()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = await PendingAsync($"https://example.org/{round}");
            var failing = Failures.RecordAsync(Report(id, FailureKind.Transient, Now.AddHours(1)), CancellationToken.None);
            Assert.True(await Articles.SaveIngestedAsync(Ingested(id, $"{id}:1"), CancellationToken.None));
            await failing;
            Assert.Equal("Ingested", (await Catalog.FindArticleAsync(id, CancellationToken.None))!.Summary.State);
        }
        Assert.Empty(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Empty(await Articles.ClaimDueAsync(10, Lease("w", Now.AddYears(1)), CancellationToken.None));
    }

    [Fact]
    public async Task A_backlog_is_never_empty_while_an_article_moves_from_pending_to_delivery()
    {
        await Outbox.RegisterAsync("jsonl", Now.AddYears(-1), Now, CancellationToken.None);
        var id = await PendingAsync("https://example.org/0");
        for (var round = 0; round < 30; round++)
        {
            var next = await PendingAsync($"https://example.org/{round + 1}");
            var saving = Task.Run(() => Articles.SaveIngestedAsync(Ingested(id, $"{id}:1"), CancellationToken.None));
            while (!saving.IsCompleted) Assert.False((await Catalog.BacklogAsync(Now, CancellationToken.None)).IsEmpty);
            await saving;
            id = next;
        }
    }

    [Fact]
    public async Task Text_that_no_database_likes_fails_no_article()
    {
        const string Hostile = "A\0B\uD83DC\uDE00D\U0001F600";
        var feed = await FeedAsync("https://example.org/feed");
        await Feeds.SavePollAsync(Poll(feed) with { Description = new FeedDescription(Hostile, Hostile, Hostile, Hostile, Hostile, "hash") }, [], CancellationToken.None);
        var article = Article($"feed:1:{Hostile}") with { Url = null, Entry = new FeedEntry { Title = Hostile, Content = Hostile, Authors = [Hostile] } };
        await Feeds.SavePollAsync(Poll(feed), [article], CancellationToken.None);
        Assert.Equal([article.Identity], await Feeds.KnownAsync([article.Identity, "feed:1:A"], CancellationToken.None));
        Assert.Empty(await Feeds.SavePollAsync(Poll(feed), [article with { Id = Guid.CreateVersion7(Now) }], CancellationToken.None));
        await Failures.RecordAsync(Report(article.Id, FailureKind.Transient, Now) with { Error = Hostile, Host = Hostile }, CancellationToken.None);
        Assert.Equal(1, (await Articles.FindPendingAsync(article.Id, CancellationToken.None))!.Attempts);
        var ingested = Ingested(article.Id, "a:1");
        ingested = ingested with
        {
            Article = ingested.Article with { Title = Hostile, Language = Hostile },
            Page = ingested.Page! with { ContentType = Hostile },
            Message = ingested.Message with { Labels = ingested.Message.Labels with { Language = Hostile, Tags = [Hostile] } },
        };
        Assert.True(await Articles.SaveIngestedAsync(ingested, CancellationToken.None));
        Assert.Single(await AllAsync());
    }

    [Fact]
    public async Task Instants_of_any_offset_are_the_same_instants()
    {
        var feed = await FeedAsync("https://example.org/feed");
        var at = new DateTimeOffset(2026, 11, 1, 5, 30, 0, TimeSpan.FromHours(-8));
        var article = Article("https://example.org/1") with { Entry = new FeedEntry { PublishedAt = at } };
        await Feeds.SavePollAsync(Poll(feed), [article], CancellationToken.None);
        var ingested = Ingested(article.Id, "a:1");
        await Articles.SaveIngestedAsync(ingested with { Article = ingested.Article with { PublishedAt = at } }, CancellationToken.None);
        Assert.Equal(at, (await Catalog.FindArticleAsync(article.Id, CancellationToken.None))!.Summary.PublishedAt);
        Assert.Empty(await Failures.ListAsync(new FailureFilter { Since = at }, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_meets_every_message_once_and_in_order_however_many_write()
    {
        const int Writers = 8;
        const int Each = 25;
        var feed = await FeedAsync("https://example.org/feed");
        var ids = Enumerable.Range(0, Writers * Each).Select(n => Article($"https://example.org/{n}")).ToList();
        await Feeds.SavePollAsync(Poll(feed), ids, CancellationToken.None);
        var writing = Task.WhenAll(ids.Chunk(Each).Select(mine => Task.Run(async () =>
        {
            foreach (var article in mine) Assert.True(await Articles.SaveIngestedAsync(Ingested(article.Id, $"{article.Id}:1"), CancellationToken.None));
        })));
        var read = new List<OutboxMessage>();
        await Wait.UntilAsync(async () =>
        {
            read.AddRange(await Outbox.ReadAsync(read.Count == 0 ? 0 : read[^1].Sequence, 10, CancellationToken.None));
            return writing.IsFaulted || read.Count >= ids.Count;
        }, "every message");
        await writing;
        Assert.Equal(ids.Select(article => $"{article.Id}:1").Order(), read.Select(message => message.MessageId).Order());
        Assert.Equal(read.Select(message => message.Sequence).Order(), read.Select(message => message.Sequence));
    }

    [Fact]
    public async Task Pages_texts_and_messages_go_when_their_time_has_come_and_nobody_needs_them()
    {
        var feed = await FeedAsync("https://example.org/feed");
        var (old, late, fresh) = (Article("https://example.org/old", Now), Article("https://example.org/late", Now.AddMinutes(1)), Article("https://example.org/fresh", Now.AddDays(2)));
        await Feeds.SavePollAsync(Poll(feed), [old, late, fresh], CancellationToken.None);
        foreach (var article in (NewArticle[])[old, late, fresh])
        {
            // The late one was fetched after failures, long after it was first seen.
            var at = article == old ? Now : Now.AddDays(2);
            var ingested = Ingested(article.Id, article.Identity);
            await Articles.SaveIngestedAsync(ingested with { Page = ingested.Page! with { FetchedAt = at }, Message = ingested.Message with { CreatedAt = at } }, CancellationToken.None);
        }
        var retention = Tools.Get<IRetentionStore>();
        var before = Now.AddDays(1);

        // No sink is known yet: the messages may be for one that comes.
        Assert.Null(await retention.DropMessagesAsync(null, before, 10, CancellationToken.None));
        await Outbox.RegisterAsync("slow", Now.AddYears(-1), Now, CancellationToken.None);
        Assert.Null(await retention.DropMessagesAsync(null, before, 10, CancellationToken.None));
        await Outbox.LeaseAsync("slow", Lease("w"), CancellationToken.None);
        await Outbox.SettleAsync("slow", "w", new Settlement(3, [2, 3], [new Refusal((await AllAsync())[0], "no")], Now), CancellationToken.None);
        await retention.DropMessagesAsync(null, before, 10, CancellationToken.None);
        Assert.Equal(3, (await AllAsync()).Count);
        await Tools.Get<IDeliveryDesk>().DropDeadAsync("slow", null, dryRun: false, CancellationToken.None);
        Assert.Equal(1, await retention.DropMessagesAsync(null, before, 10, CancellationToken.None));
        Assert.Null(await retention.DropMessagesAsync(1, before, 10, CancellationToken.None));
        Assert.Equal([late.Identity, fresh.Identity], (await AllAsync()).Select(message => message.MessageId));

        Assert.Equal(old.Id, await retention.DropPagesAsync(null, before, 1, CancellationToken.None));
        Assert.Equal(late.Id, await retention.DropPagesAsync(old.Id, before, 1, CancellationToken.None));
        Assert.Null(await retention.DropPagesAsync(late.Id, before, 1, CancellationToken.None));
        Assert.Equal(late.Id, await retention.DropPagesAsync(null, before, 1, CancellationToken.None));

        Assert.Equal(late.Id, await retention.DropTextsAsync(null, before, 10, CancellationToken.None));
        Assert.Null((await Catalog.FindArticleAsync(old.Id, CancellationToken.None))!.Data);
        Assert.Equal("{}", (await Catalog.FindArticleAsync(fresh.Id, CancellationToken.None))!.Data);
        Assert.Equal(3, (await Feeds.KnownAsync([old.Identity, late.Identity, fresh.Identity], CancellationToken.None)).Count);
    }

    private protected async Task<IReadOnlyList<OutboxMessage>> AllAsync() => await Outbox.ReadAsync(0, 1_000, CancellationToken.None);

    private async Task<IEnumerable<long>> ClaimDueAsync(int most, Lease lease) => (await Feeds.ClaimDueAsync(most, lease, CancellationToken.None)).Select(feed => feed.Id);

    private protected async Task<long> FeedAsync(string url) => (await Catalog.AddFeedAsync(new Uri(url), null, Now, CancellationToken.None)).Feed.Id;

    private protected async Task<Guid> PendingAsync(string url = "https://example.org/1")
    {
        var article = Article(url);
        await Feeds.SavePollAsync(Poll(await FeedAsync("https://example.org/feed")), [article], CancellationToken.None);
        return article.Id;
    }

    internal static Lease Lease(string owner, DateTimeOffset? now = null) => new(owner, now ?? Now, (now ?? Now).AddMinutes(10));

    internal static PollResult Poll(long feed) => new(feed, Now, Now.AddHours(1), TimeSpan.FromHours(1));

    internal static NewArticle Article(string url, DateTimeOffset? at = null) =>
        new(Guid.CreateVersion7(at ?? Now), url, new Uri(url), new FeedEntry { Title = "A title" }, Now, Now.AddMinutes(10));

    internal static FailureReport Report(Guid id, FailureKind kind, DateTimeOffset? next) => new(Job.IngestArticle(id), kind, "example.org", "HTTP 500", Now, next);

    internal static IngestedArticle Ingested(Guid id, string messageId) => new(
        id, new CleanArticle { Text = "text", Paragraphs = [], Removed = [], Quality = new ExtractionQuality(1, false, false, "html") },
        new RawPage(new Uri("https://example.org/1"), "text/html", "<p>text"u8.ToArray(), Now), "hash", Encoding.UTF8.GetBytes("{}"),
        Messages.Number(0) with { MessageId = messageId }, Now);
}
