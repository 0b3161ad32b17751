using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.IntegrationTests.Storage;

/// <summary>The failure list, what is done to it by hand, and the audit.</summary>
public abstract partial class StoreContract
{
    internal static readonly ByHand By = new("ada", AuditSource.Api, "192.0.2.7");

    public static TheoryData<string, FailureFilter, int[]> Filters => new()
    {
        { "everything", new FailureFilter(), [5, 4, 3, 2, 1, 0] },
        { "a host", new FailureFilter { Host = "a.example" }, [3, 1, 0] },
        { "a kind", new FailureFilter { Kind = FailureKind.Permanent }, [2, 1] },
        { "polls", new FailureFilter { Job = JobKind.RefreshFeed }, [5] },
        { "a status", new FailureFilter { Status = new StatusRange(503, 503) }, [3, 0] },
        { "a class of statuses", new FailureFilter { Status = new StatusRange(500, 599) }, [4, 3, 0] },
        { "part of the error, in other letters", new FailureFilter { Text = "NOT found" }, [2, 1] },
        { "what a pattern would take for any letter", new FailureFilter { Text = "4%" }, [] },
        { "since", new FailureFilter { Since = Now.AddMinutes(3) }, [5, 4, 3] },
        { "until", new FailureFilter { Until = Now.AddMinutes(3) }, [2, 1, 0] },
        { "a host, its 5xx, since", new FailureFilter { Host = "a.example", Status = new StatusRange(500, 599), Since = Now.AddMinutes(1) }, [3] },
        { "the first ones", new FailureFilter { Most = 2 }, [5, 4] },
    };

    [Theory, MemberData(nameof(Filters))]
    public async Task Failures_are_filtered_by_each_field(string reason, FailureFilter filter, int[] places)
    {
        var targets = await SixFailuresAsync();
        var found = (await Failures.ListAsync(filter, CancellationToken.None)).Select(failure => targets.IndexOf(failure.Job.Target)).ToArray();
        Assert.True(places.SequenceEqual(found), $"{reason}: {string.Join(',', found)}");
        if (filter.Most == int.MaxValue) Assert.Equal(places.Length, await Failures.CountAsync(filter, CancellationToken.None));
    }

    [Fact]
    public async Task Failures_are_paged_by_time_and_grouped_by_host_and_error()
    {
        var targets = await SixFailuresAsync();
        var seen = new List<int>();
        for (FailurePlace? after = null; ;)
        {
            var page = await Failures.ListAsync(new FailureFilter { After = after, Most = 2 }, CancellationToken.None);
            if (page.Count == 0) break;
            seen.AddRange(page.Select(failure => targets.IndexOf(failure.Job.Target)));
            after = FailurePlace.Parse(page[^1].Place.ToString());
        }
        Assert.Equal([5, 4, 3, 2, 1, 0], seen);
        var groups = await Failures.GroupAsync(new FailureFilter { Host = "a.example" }, 10, CancellationToken.None);
        Assert.Equal([new FailureGroup("a.example", 503, "HTTP 503 Busy", 2), new FailureGroup("a.example", 404, "HTTP 404 Not Found", 1)], groups);
    }

    [Fact]
    public async Task A_failure_tells_its_attempts_and_what_the_latest_received_and_all_go_when_it_heals()
    {
        var id = await PendingAsync();
        var visit = new FetchVisit("https://example.org/1", Now, 503, TimeSpan.FromMilliseconds(84.5), 12, "192.0.2.9", new Dictionary<string, string> { ["retry-after"] = "60" });
        for (var attempt = 0; attempt < 25; attempt++)
        {
            await Failures.RecordAsync(Report(id, FailureKind.Transient, Now) with
            {
                Error = $"error {attempt}",
                At = Now.AddMinutes(attempt),
                Status = 503,
                Worker = "w",
                TraceId = "0af7",
                Visits = [visit],
                Page = attempt == 24 ? null : new ReceivedPage("https://example.org/1", "text/html", Now, 999, "<p>busy"u8.ToArray()),
            }, CancellationToken.None);
        }
        var failure = (await Failures.FindAsync(Assert.Single(await Failures.ListAsync(new FailureFilter(), CancellationToken.None)).Id, CancellationToken.None))!;
        Assert.Equal([.. Enumerable.Range(7, 19).Reverse(), 1], failure.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(("error 24", "w", "0af7", 503), (failure.Attempts[0].Error, failure.Attempts[0].Worker, failure.Attempts[0].TraceId, failure.Attempts[0].Status));
        var kept = Assert.Single(failure.Attempts[0].Visits);
        Assert.Equal((visit.Url, visit.Took, "60"), (kept.Url, kept.Took, kept.Headers["retry-after"]));
        Assert.Equal((999, true, "<p>busy"), (failure.Page!.Length, failure.Page.IsCut, System.Text.Encoding.UTF8.GetString(failure.Page.Body.Span)));

        Assert.True(await Articles.SaveIngestedAsync(Ingested(id, "a:1"), CancellationToken.None));
        Assert.Null(await Failures.FindAsync(failure.Item.Id, CancellationToken.None));
        Assert.Null(await Failures.FindPageAsync(failure.Item.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_rerun_at_a_rate_spreads_the_due_times_and_tells_how_far_it_is()
    {
        var ids = await FailedAsync(2_500);
        var action = await Failures.RerunAsync(new FailureFilter { Host = "example.org" }, By, perSecond: 10, Now, CancellationToken.None);
        Assert.Equal((2_500, 2_500, 0, 0), (action.Count, action.Waiting, action.FailedAgain, action.Healed));
        var due = (await Failures.ListAsync(new FailureFilter(), CancellationToken.None)).Select(failure => failure.NextRetryAt).ToList();
        Assert.Equal(Now, due.Min());
        Assert.Equal(Now.AddSeconds(249.9), due.Max());
        Assert.Equal(11, (await Articles.ClaimDueAsync(100, Lease("w", Now.AddSeconds(1)), CancellationToken.None)).Count);

        await Articles.SaveIngestedAsync(Ingested(ids[0], "a:1"), CancellationToken.None);
        await Failures.RecordAsync(Report(ids[1], FailureKind.Transient, Now), CancellationToken.None);
        var later = await Failures.RerunAsync(new FailureFilter { Target = ids[2].ToString(), Job = JobKind.IngestArticle }, By, null, Now, CancellationToken.None);
        Assert.Equal(1, later.Count);
        action = (await Failures.FindActionAsync(action.Id, CancellationToken.None))!;
        Assert.Equal((2_500, 2_497, 1, 1, 1), (action.Count, action.Waiting, action.FailedAgain, action.Healed, action.Overtaken));
        Assert.Single(await Failures.ListAsync(new FailureFilter { Action = action.Id, Most = 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_discarded_leaves_the_list_and_is_never_tried_again()
    {
        var id = await PendingAsync();
        await Articles.ClaimDueAsync(10, Lease("w/1", Now.AddMinutes(20)), CancellationToken.None);
        await Failures.RecordAsync(Report(id, FailureKind.Transient, Now.AddMinutes(1)) with { LeaseOwner = "w/1" }, CancellationToken.None);
        var again = await Articles.ClaimDueAsync(10, Lease("w/2", Now.AddMinutes(20)), CancellationToken.None);
        Assert.Equal(id, Assert.Single(again).Id);
        Assert.Equal(1, (await Failures.DiscardAsync(new FailureFilter { Host = "example.org" }, By, Now, CancellationToken.None)).Count);
        Assert.Empty(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Equal("Discarded", (await Catalog.FindArticleAsync(id, CancellationToken.None))!.Summary.State);
        Assert.False(await Articles.ClaimAsync(id, Lease("w/3", Now.AddYears(1)), CancellationToken.None));

        // The worker that had it in hand fails once more.
        await Failures.RecordAsync(Report(id, FailureKind.Transient, Now.AddMinutes(1)) with { LeaseOwner = "w/2" }, CancellationToken.None);
        await Failures.RecordAsync(Report(id, FailureKind.Transient, Now.AddMinutes(1)), CancellationToken.None);
        Assert.Empty(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Empty(await Articles.ClaimDueAsync(10, Lease("w/3", Now.AddYears(1)), CancellationToken.None));
        Assert.Null(await Articles.FindPendingAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task A_discarded_failure_of_a_feed_leaves_its_schedule()
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Failures.RecordAsync(new FailureReport(Job.RefreshFeed(feed), FailureKind.Transient, "example.org", "HTTP 500", Now, Now.AddHours(3)), CancellationToken.None);
        await Failures.DiscardAsync(new FailureFilter { FeedId = feed }, By, Now, CancellationToken.None);
        Assert.Empty(await Failures.ListAsync(new FailureFilter(), CancellationToken.None));
        Assert.Equal(Now.AddHours(3), (await Catalog.FindFeedAsync(feed, CancellationToken.None))!.NextDueAt);
    }

    [Fact]
    public async Task Whatever_is_done_by_hand_is_in_the_audit_and_goes_after_its_time()
    {
        var audit = Tools.Get<IAuditTrail>();
        await audit.RecordAsync(new ByHand(new string('x', 900), AuditSource.Cli, null), "feeds add", "https://example.org/feed", 1, CancellationToken.None);
        await FailedAsync(3);
        await Failures.RerunAsync(new FailureFilter { Host = "example.org", Kind = FailureKind.Transient }, By, null, Now, CancellationToken.None);
        var lines = await audit.ListAsync(null, 10, CancellationToken.None);
        Assert.Equal(["failures rerun", "feeds add"], lines.Select(line => line.Action));
        Assert.Equal(("ada", AuditSource.Api, "192.0.2.7", "host=example.org kind=transient", 3L), (lines[0].Who, lines[0].From, lines[0].Address, lines[0].Choice, lines[0].Count));
        Assert.Equal("feeds add", Assert.Single(await audit.ListAsync(lines[0].Id, 10, CancellationToken.None)).Action);
        await Tools.Get<IRetentionStore>().DropAuditAsync(null, Now.AddSeconds(1), 100, CancellationToken.None);
        Assert.Equal("feeds add", Assert.Single(await audit.ListAsync(null, 10, CancellationToken.None)).Action);
    }

    [Fact]
    public async Task Old_failures_of_articles_that_nothing_retries_are_given_up()
    {
        var feed = await FeedAsync("https://example.org/feed");
        await Failures.RecordAsync(new FailureReport(Job.RefreshFeed(feed), FailureKind.Poison, "example.org", "died", Now, null), CancellationToken.None);
        var ids = await FailedAsync(3);
        await Failures.RecordAsync(Report(ids[0], FailureKind.Permanent, null), CancellationToken.None);
        await Failures.RecordAsync(Report(ids[1], FailureKind.Permanent, null) with { At = Now.AddDays(2) }, CancellationToken.None);
        var dropped = await Tools.Get<IRetentionStore>().DropFailuresAsync(null, Now.AddDays(1), 100, CancellationToken.None);
        Assert.NotNull(dropped);
        Assert.Null(await Tools.Get<IRetentionStore>().DropFailuresAsync(dropped, Now.AddDays(1), 100, CancellationToken.None));
        Assert.Equal(3, await Failures.CountAsync(new FailureFilter(), CancellationToken.None));
        Assert.Equal("Discarded", (await Catalog.FindArticleAsync(ids[0], CancellationToken.None))!.Summary.State);
    }

    /// <summary>Articles that failed transiently, due in an hour. All in one go: recorded one by one, thousands would take half a minute.</summary>
    private async Task<IReadOnlyList<Guid>> FailedAsync(int count)
    {
        var feed = await FeedAsync("https://example.org/failing");
        var articles = Enumerable.Range(0, count).Select(n => Article($"https://example.org/failing/{n}")).ToList();
        await Feeds.SavePollAsync(Poll(feed), articles, CancellationToken.None);
        await Tools.Get<Database>().WriteAsync(async context =>
        {
            context.Failures.AddRange(articles.Select(article => new FailureRow
            {
                Job = JobKind.IngestArticle,
                Target = article.Id.ToString(),
                FeedId = feed,
                ArticleId = article.Id,
                Host = "example.org",
                Kind = FailureKind.Transient,
                Error = "HTTP 500",
                Attempts = 1,
                FirstAt = Now,
                LastAt = Now,
                NextRetryAt = Now.AddHours(1),
            }));
            await context.SaveChangesAsync();
            await context.Articles.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ArticleState.Failed).SetProperty(row => row.NextAttemptAt, Now.AddHours(1)));
        }, CancellationToken.None);
        return articles.ConvertAll(article => article.Id);
    }

    /// <summary>One a minute; their targets.</summary>
    private async Task<List<string>> SixFailuresAsync()
    {
        var feed = await FeedAsync("https://example.org/feed");
        var articles = Enumerable.Range(0, 5).Select(n => Article($"https://example.org/{n}")).ToList();
        await Feeds.SavePollAsync(Poll(feed), articles, CancellationToken.None);
        List<Job> jobs = [.. articles.Select(article => Job.IngestArticle(article.Id)), Job.RefreshFeed(feed)];
        (string Host, FailureKind Kind, int? Status, string Error)[] failures =
        [
            ("a.example", FailureKind.Transient, 503, "HTTP 503 Busy"), ("a.example", FailureKind.Permanent, 404, "HTTP 404 Not Found"), ("b.example", FailureKind.Permanent, 404, "HTTP 404 Not Found"),
            ("a.example", FailureKind.Transient, 503, "HTTP 503 Busy"), ("b.example", FailureKind.Transient, 500, "HTTP 500"), ("c.example", FailureKind.Transient, null, "no answer"),
        ];
        foreach (var (place, (host, kind, status, error)) in failures.Index())
            await Failures.RecordAsync(new FailureReport(jobs[place], kind, host, error, Now.AddMinutes(place), null) { Status = status }, CancellationToken.None);
        return jobs.ConvertAll(job => job.Target);
    }
}
