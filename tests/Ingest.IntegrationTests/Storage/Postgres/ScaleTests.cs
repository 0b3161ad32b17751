using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Npgsql;

namespace Ingest.IntegrationTests.Storage.Postgres;

/// <summary>
/// Whatever is asked every second, or for every poll, article, message or page view, must cost the same over ten million articles: the server's own
/// counters tell what each call of a store read. Some hundred thousand rows show the same plans.
/// </summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Feeds = 60_000;
    private const int Articles = 300_000;

    /// <summary>As often as it takes PostgreSQL to settle for a plan of its own for all values of a prepared statement.</summary>
    private const int Times = 8;

    /// <summary>Rows and index entries that one call may read: a page of fifty feeds with their articles counted is the most.</summary>
    private const long MostRead = 2_000;

    private static readonly DateTimeOffset Now = StoreContract.Now;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_is_asked_often_walks_through_a_large_table()
    {
        // One connection: its counters are read in the session that counted.
        await using var tools = await PostgresTools.OpenAsync("Maximum Pool Size=1");
        await FillAsync(tools);
        var offences = new List<string>();
        foreach (var (name, call) in Calls(tools))
        {
            var before = await CountersAsync(tools);
            for (var time = 0; time < Times; time++) await call(time);
            var after = await CountersAsync(tools);
            foreach (var (relation, read) in after)
            {
                var rows = (read - before[relation]) / Times;
                output.WriteLine($"{name}: {relation} {rows}");
                if (rows > (relation.StartsWith("scans of", StringComparison.Ordinal) ? 0 : MostRead)) offences.Add($"{name}: {relation} {rows}");
            }
        }
        Assert.Empty(offences);
    }

    private static IEnumerable<(string Name, Func<int, Task> Call)> Calls(PostgresTools tools)
    {
        var (feeds, articles, outbox) = (tools.Services.Get<IFeedStore>(), tools.Services.Get<IArticleStore>(), tools.Services.Get<IOutboxStore>());
        var (failures, catalog, desk) = (tools.Services.Get<IFailureStore>(), tools.Services.Get<ICatalog>(), tools.Services.Get<IDeliveryDesk>());
        var fresh = Enumerable.Range(0, 8 * Times).Select(n => StoreContract.Article($"https://new.example/{n}", Now)).ToList();
        var (pending, failed) = (Id(Articles - 5), Id(Articles - 105));
        var described = new FeedDescription("News", "de", null, null, null, "hash");

        yield return ("claim feeds", time => feeds.ClaimDueAsync(32, StoreContract.Lease($"w{time}"), Stop));
        yield return ("claim one feed", time => feeds.ClaimAsync(500 + time, StoreContract.Lease($"w{time}"), Stop));
        yield return ("claim articles", time => articles.ClaimDueAsync(64, StoreContract.Lease($"w{time}"), Stop));
        yield return ("find a feed", time => feeds.FindAsync(7 + time, Stop));
        yield return ("known identities", time => feeds.KnownAsync([.. Enumerable.Range(0, 30).Select(n => Url(n * 100 + time))], Stop));
        yield return ("end a poll: 304", time => feeds.SavePollAsync(StoreContract.Poll(9 + time), [], Stop));
        yield return ("end a poll: nothing new", time => feeds.SavePollAsync(StoreContract.Poll(9 + time) with { Description = described }, [], Stop));
        yield return ("end a poll: new articles", time => feeds.SavePollAsync(StoreContract.Poll(9 + time) with { Description = described }, fresh.GetRange(time * 8, 8), Stop));
        yield return ("find a pending article", time => articles.FindPendingAsync(Id(Articles - 5 - time), Stop));
        yield return ("save an article", time => articles.SaveIngestedAsync(StoreContract.Ingested(fresh[time].Id, $"new{time}"), Stop));
        yield return ("save an article of a feed's own text", time => articles.SaveIngestedAsync(StoreContract.Ingested(fresh[time + Times].Id, $"own{time}") with { Page = null }, Stop));
        yield return ("mark in hand", time => articles.MarkInHandAsync(pending, time % 2 == 0, Stop));
        yield return ("give back", time => articles.ReleaseAsync([pending, fresh[^1].Id], "worker/1", Now, Stop));
        yield return ("record a failure", time => failures.RecordAsync(StoreContract.Report(failed, FailureKind.Transient, Now.AddHours(1)), Stop));
        yield return ("re-run a host", time => failures.RerunAsync(new FailureFilter { Host = $"site{time}.example" }, StoreContract.By, null, Now, Stop));
        yield return ("progress of a re-run", time => failures.FindActionAsync(1 + time, Stop));
        yield return ("discard of a host", time => failures.DiscardAsync(new FailureFilter { Host = $"site{1_000 + time}.example" }, StoreContract.By, Now, Stop));
        foreach (var (words, filter) in Filters()) yield return ($"failures {words}", time => failures.ListAsync(filter with { Most = 50 }, Stop));
        yield return ("failures further back", time => failures.ListAsync(new FailureFilter { After = new FailurePlace(Now.AddSeconds(-30_000), long.MaxValue), Most = 50 }, Stop));
        yield return ("one failure", time => failures.FindAsync(4_711 + time, Stop));
        yield return ("audit", time => tools.Services.Get<IAuditTrail>().ListAsync(null, 50, Stop));
        yield return ("latest failures", time => failures.ListAsync(new FailureFilter { Most = 50 }, Stop));
        yield return ("lease a sink", time => outbox.LeaseAsync("jsonl", StoreContract.Lease("relay", Now.AddMinutes(time)), Stop));
        yield return ("read the outbox", time => outbox.ReadAsync(Articles - 200, 100, Stop));
        yield return ("read replays", time => outbox.ReadReplaysAsync("jsonl", 100, Stop));
        yield return ("settle", time => outbox.SettleAsync("jsonl", "relay", new Settlement(Articles - 100 + time, [Articles - 100 + time], [], Now), Stop));
        yield return ("deliveries page", time => desk.ListAsync(Stop));
        yield return ("overview counts", time => catalog.CountAsync(Stop));
        yield return ("backlog of a pass", time => catalog.BacklogAsync(Now.AddDays(-100), Stop));
        yield return ("latest articles", time => catalog.ListArticlesAsync(null, null, 50, Stop));
        yield return ("a page of articles further back", time => catalog.ListArticlesAsync(null, Id(Articles / 2), 50, Stop));
        yield return ("a feed's articles", time => catalog.ListArticlesAsync(77, Id(Articles - 1_000), 50, Stop));
        yield return ("an article", time => catalog.FindArticleAsync(Id(4_711), Stop));
        yield return ("feeds page", time => catalog.ListFeedsAsync(50, Stop));
        yield return ("a feed's page", time => catalog.FindFeedAsync(4_711, Stop));
        var (registry, hosts) = (tools.Services.Get<IWorkerRegistry>(), tools.Services.Get<IHostStore>());
        yield return ("a sign of life", time => registry.BeatAsync(Stop));
        yield return ("a dead worker's work", async time =>
        {
            await tools.ScalarAsync<object?>($"INSERT INTO workers (name, host, version, started_at, seen_at) VALUES ('dead{time}', '', '', now(), now() - interval '1 minute')");
            Assert.Single((await registry.BeatAsync(Stop)).Dead);
        }
        );
        yield return ("give everything back", time => registry.LeaveAsync(Stop));
        yield return ("lease hosts", time => hosts.LeaseAsync([.. Enumerable.Range(0, 16).Select(n => $"site{time * 16 + n}.example")], "worker", Now, Now.AddSeconds(20), TimeSpan.FromSeconds(1), Stop));
        var retention = tools.Services.Get<IRetentionStore>();
        yield return ("drop old pages", time => retention.DropPagesAsync(Id(time * 100), Now.AddYears(-5), 100, Stop));
        yield return ("drop old messages", time => retention.DropMessagesAsync(null, Now.AddYears(-5), 100, Stop));
        yield return ("drop old texts", time => retention.DropTextsAsync(Id(time * 100), Now.AddDays(-100), 100, Stop));
    }

    /// <summary>Each field chooses something rare, or all there is.</summary>
    private static IEnumerable<(string Words, FailureFilter Filter)> Filters() => new FailureFilter[]
    {
        new() { Host = "site77.example" }, new() { FeedId = 77 }, new() { Kind = FailureKind.Poison }, new() { Kind = FailureKind.Permanent }, new() { Job = JobKind.RefreshFeed },
        new() { Status = new StatusRange(503, 503) }, new() { Status = new StatusRange(404, 404) }, new() { Action = 1 }, new() { Since = Now }, new() { Text = "http" },
        new() { Host = "site77.example", Status = new StatusRange(500, 599), Since = Now.AddHours(-1) }, new() { Ids = [11, 12, 13] },
    }.Select(filter => (filter.InWords(), filter));

    private static string Url(int article) => $"https://site{article % 5000}.example/{article}";

    private static Guid Id(int article) => Guid.ParseExact($"01900000-0000-7000-8000-{article:x12}", "D");

    /// <summary>What a year leaves behind: nearly all is done, a little is due, failed or suspected.</summary>
    private static Task<object?> FillAsync(PostgresTools tools) => tools.ScalarAsync<object?>($"""
        INSERT INTO feeds (url, title, interval_seconds, created_at, last_polled_at, last_full_fetch_at, next_due_at, lease_owner, in_hand, deaths)
        SELECT 'https://site' || n % 5000 || '.example/feed' || n, 'Feed ' || n, 3600, '{Now:u}', '{Now:u}', '{Now:u}', timestamptz '{Now:u}' + (n - 300) * interval '1 second' + CASE WHEN n > 600 THEN interval '1 year' ELSE interval '0' END,
               CASE WHEN n % 2000 = 0 THEN 'somebody' END, false, CASE WHEN n % 3000 = 0 THEN 1 ELSE 0 END
        FROM generate_series(1, {Feeds}) AS n;
        INSERT INTO articles (id, feed_id, identity, url, state, first_seen_at, next_attempt_at, lease_owner, in_hand, deaths, title, word_count, removed_count, data)
        SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1 + n % {Feeds}, 'https://site' || n % 5000 || '.example/' || n, 'https://site' || n % 5000 || '.example/' || n,
               CASE WHEN n > {Articles} - 100 THEN 'Pending' WHEN n > {Articles} - 400 THEN 'Failed' ELSE 'Ingested' END, '{Now:u}',
               CASE WHEN n > {Articles} - 400 THEN timestamptz '{Now:u}' + (n - {Articles} + 200) * interval '1 minute' END, NULL, false, CASE WHEN n > {Articles} - 20 THEN 1 ELSE 0 END,
               'Title ' || n, 100, 5, CASE WHEN n > {Articles} - 400 THEN NULL ELSE repeat('text ', 20) END
        FROM generate_series(1, {Articles}) AS n;
        INSERT INTO raw_pages (article_id, url, fetched_at, length, body) SELECT id, url, first_seen_at, 10, '\x00' FROM articles WHERE state = 'Ingested';
        INSERT INTO outbox (message_id, type, created_at, feed_id, feed_url, tags, payload)
        SELECT 'm' || n, 't', timestamptz '{Now:u}' - interval '10 days' + n * interval '1 second', 1, 'https://example.org/', '[]', '{'{'}{'}'}' FROM generate_series(1, {Articles}) AS n;
        INSERT INTO failures (job, target, feed_id, article_id, host, kind, status, error, attempts, first_at, last_at)
        SELECT 'IngestArticle', id, feed_id, id, 'site' || feed_id % 5000 || '.example', 'Permanent', 404, 'HTTP 404', 1, first_seen_at, first_seen_at - row_number() OVER () * interval '1 second' FROM articles LIMIT 60000;
        INSERT INTO failure_attempts (failure_id, number, at, kind, error) SELECT id, n, last_at, 'Permanent', 'HTTP 404' FROM failures CROSS JOIN generate_series(1, 2) AS n;
        INSERT INTO deliveries (sink, cursor, frontier, delivered, attempts, paused) VALUES ('jsonl', {Articles} - 200, {Articles} - 200, 0, 0, false);
        INSERT INTO dead_letters (sink, sequence, error, at, replaying) SELECT 'jsonl', n * 1000, 'no', '{Now:u}', false FROM generate_series(1, 200) AS n;
        ANALYZE;
        """);

    /// <summary>Rows and index entries read so far, by relation, and walks through whole tables.</summary>
    private static async Task<Dictionary<string, long>> CountersAsync(PostgresTools tools)
    {
        await using var connection = await tools.Services.Get<PostgresServer>().Source.OpenConnectionAsync(Stop);
        await PostgresTools.ScalarAsync<object?>(connection, "SELECT pg_stat_force_next_flush()");
        await using var command = new NpgsqlCommand("""
            SELECT 'scans of ' || relname, seq_scan FROM pg_stat_user_tables WHERE relname IN ('feeds', 'articles', 'raw_pages', 'outbox', 'failures', 'failure_attempts')
            UNION ALL SELECT 'rows of ' || relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables
            UNION ALL SELECT 'entries of ' || indexrelname, idx_tup_read FROM pg_stat_user_indexes
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(Stop)) counters.Add(reader.GetString(0), reader.GetInt64(1));
        return counters;
    }
}
