using System.Globalization;
using Ingest.Core.Feeds.Rhythm;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Stores;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>What a poll asks for, in one statement each: on PostgreSQL a poll's cost is the number of its round trips, and EF Core's own work at each.</summary>
internal sealed class PostgresFeedStore(PostgresServer server) : IFeedStore
{
    // Looked up for each feed that is due, by the key: a join might read the whole table.
    private const string HostIsFree = "AND coalesce((SELECT lease_owner IS NULL OR lease_owner = $5 OR lease_until <= $1 FROM hosts WHERE hosts.host = feeds.host), true)";

    private static readonly string DueFeeds = Claim.Statement("feeds", "next_due_at", "id, host, title", HostIsFree);

    private static readonly string FeedById = Claim.OneStatement("feeds", "next_due_at", JobKind.RefreshFeed);

    public async Task<IReadOnlyList<DueFeed>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) =>
        await server.RunAsync(Claim.Of(DueFeeds, most, lease).With(lease.Worker), row => new DueFeed(row.GetInt64(0), row.Text(1), row.Text(2)), stop);

    public async Task<bool> ClaimAsync(long feedId, Lease lease, CancellationToken stop)
    {
        var claim = Claim.One(FeedById, lease).With(feedId).With(Job.RefreshFeed(feedId).Target);
        return (await server.RunAsync(claim, row => row.GetInt64(0), stop)).Count == 1;
    }

    public async Task<FeedToPoll?> FindAsync(long feedId, CancellationToken stop)
    {
        var find = new NpgsqlBatchCommand("""
            SELECT feed.url, feed.title, feed.language, feed.etag, feed.last_modified, feed.body_hash, feed.last_full_fetch_at, feed.rhythm, feed.deaths,
                   coalesce(failure.attempts, 0), feed.lease_owner, feed.site_url, feed.fetch_settings, feed.moved_to, feed.moved_seen, feed.last_polled_at,
                   (SELECT max(lease_until) FROM push_subscriptions WHERE feed_id = $1 AND state = 'Active' AND delivers), EXISTS (SELECT FROM pushes WHERE feed_id = $1)
            FROM feeds AS feed LEFT JOIN failures AS failure ON failure.job = 'RefreshFeed' AND failure.target = $2
            WHERE feed.id = $1
            """).With(feedId).With(Job.RefreshFeed(feedId).Target);
        return (await server.RunAsync(find, row => FeedOf(feedId, row), stop)).SingleOrDefault();
    }

    private static FeedToPoll FeedOf(long feedId, NpgsqlDataReader row) => new(feedId, new Uri(row.GetString(0)))
    {
        Title = row.Text(1),
        Language = row.Text(2),
        ETag = row.Text(3),
        LastModified = row.Text(4),
        BodyHash = row.Text(5),
        LastFullFetchAt = row.Instant(6),
        Rhythm = RhythmBytes.Read(row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7)),
        Deaths = row.GetInt32(8),
        Attempts = row.GetInt32(9),
        LeaseOwner = row.Text(10),
        SiteUrl = Uri.TryCreate(row.Text(11), UriKind.Absolute, out var site) ? site : null,
        Settings = FetchJson.Settings(row.Text(12)),
        MovedTo = row.Text(13) is { } moved ? new Uri(moved) : null,
        MovedSeen = row.GetInt32(14),
        LastPolledAt = row.Instant(15),
        PushedUntil = row.Instant(16),
        HasPushes = row.GetBoolean(17),
    };

    public async Task MarkInHandAsync(long feedId, bool inHand, CancellationToken stop)
    {
        var mark = new NpgsqlBatchCommand("UPDATE feeds SET in_hand = $2 WHERE id = $1").With(feedId).With(inHand);
        await server.RunAsync(mark, stop);
    }

    public async Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken stop)
    {
        if (identities.Count == 0) return new HashSet<string>();
        var asked = StorableText.ByStored(identities);
        var find = new NpgsqlBatchCommand("SELECT identity FROM articles WHERE identity = ANY ($1)").With(asked.Select(stored => stored.Key).ToArray());
        var known = await server.RunAsync(find, row => row.GetString(0), stop);
        return known.SelectMany(stored => asked[stored]).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<IReadOnlySet<Guid>> SavePollAsync(PollResult result, IReadOnlyList<NewArticle> articles, CancellationToken stop)
    {
        var save = new NpgsqlBatchCommand(SaveStatement(result.Description is not null, articles.Count > 0, result.Pushes.Count > 0))
            .With(result.FeedId).With(Job.RefreshFeed(result.FeedId).Target).With(result.PolledAt).With(result.NextDueAt).With((long)result.Interval.TotalSeconds)
            .With(result.LeaseOwner).With(FetchJson.Write(result.Visits)).With(result.Rhythm is { } rhythm ? RhythmBytes.Write(rhythm) : null);
        if (articles.Count > 0) Bind(save, [.. articles.DistinctBy(article => StorableText.Of(article.Identity))]);
        if (result.Description is { } description)
            save.With(description.Title).With(description.Language).With(description.SiteUrl).With(description.ETag).With(description.LastModified).With(description.BodyHash);
        else save.With(result.ETag).With(result.LastModified);
        if (result.Pushes.Count > 0) save.With(result.Pushes.ToArray());
        return (await server.RunAsync(save, row => row.GetGuid(0), stop)).ToHashSet();
    }

    private static void Bind(NpgsqlBatchCommand save, IReadOnlyList<NewArticle> articles) => save
        .With(articles.Select(article => article.Id).ToArray())
        .With(articles.Select(article => StorableText.Of(article.Identity)).ToArray())
        .With(articles.Select(article => StorableText.Of(article.Url?.AbsoluteUri)).ToArray())
        .With(articles.Select(article => EntryJson.Write(article.Entry)).ToArray())
        .With(articles.Select(article => StorableText.Of(article.Entry.Title)).ToArray())
        .With(articles.Select(article => article.Entry.PublishedAt?.ToUniversalTime()).ToArray())
        .With(articles.Select(article => article.FirstSeenAt.ToUniversalTime()).ToArray())
        .With(articles.Select(article => article.NextAttemptAt.ToUniversalTime()).ToArray());

    // Only under the lease that the poll was made under. After a lost connection it may be done already: then it is done again.
    private static string SaveStatement(bool whole, bool articles, bool pushes)
    {
        var first = articles ? 17 : 9;
        var poll = $"""
            UPDATE feeds SET last_polled_at = $3, next_due_at = $4, interval_seconds = $5, lease_owner = NULL, in_hand = false, deaths = 0, last_fetch = coalesce($7, last_fetch), rhythm = coalesce($8, rhythm)
            {(whole ? Description(first) : Validators(first))} WHERE id = $1 AND (lease_owner IS NOT DISTINCT FROM $6 OR lease_owner IS NULL AND last_polled_at = $3)
            """;
        return $"""
            WITH polled AS ({poll} RETURNING id),
            cleared AS (DELETE FROM failures WHERE job = 'RefreshFeed' AND target = $2 AND EXISTS (SELECT FROM polled))
            {(pushes ? Read(whole ? first + 6 : first + 2) : "")}
            {(articles ? Insert : "SELECT id FROM articles WHERE false")}
            """;
    }

    private static string Read(int pushes) => string.Create(CultureInfo.InvariantCulture, $", read AS (DELETE FROM pushes WHERE id = ANY (${pushes}) AND EXISTS (SELECT FROM polled))");

    private static string Validators(int first) =>
        string.Create(CultureInfo.InvariantCulture, $", etag = coalesce(${first}, etag), last_modified = coalesce(${first + 1}, last_modified)");

    private static string Description(int first) => string.Create(CultureInfo.InvariantCulture, $"""
        , last_full_fetch_at = $3, title = coalesce(${first}, title), language = coalesce(${first + 1}, language), site_url = coalesce(${first + 2}, site_url),
        etag = ${first + 3}, last_modified = ${first + 4}, body_hash = ${first + 5}
        """);

    // Leased from birth: the refresh that found them ingests them, and if it dies they fall due with the lease. In the order of their identities, so that
    // two feeds with the same news wait for each other and never both. What another feed brought meanwhile stays its own; a repetition after a lost
    // connection finds its own rows by their ids.
    private const string Insert = """
        INSERT INTO articles (id, feed_id, identity, url, entry, title, published_at, first_seen_at, next_attempt_at,
                              state, lease_owner, in_hand, deaths, word_count, removed_count)
        SELECT fresh.id, polled.id, identity, url, entry, title, published_at, first_seen_at, next_attempt_at, 'Pending', $6, false, 0, 0, 0
        FROM polled CROSS JOIN unnest($9::uuid[], $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[])
             AS fresh (id, identity, url, entry, title, published_at, first_seen_at, next_attempt_at)
        ORDER BY identity COLLATE "C"
        ON CONFLICT (identity) DO UPDATE SET identity = excluded.identity WHERE articles.id = excluded.id
        RETURNING id
        """;

    public async Task ReleaseAsync(long feedId, string? owner, DateTimeOffset dueAt, CancellationToken stop)
    {
        var release = new NpgsqlBatchCommand("UPDATE feeds SET lease_owner = NULL, in_hand = false, next_due_at = $3 WHERE id = $1 AND lease_owner = $2")
            .With(feedId).With(owner).With(dueAt);
        await server.RunAsync(release, stop);
    }

    public async Task NoteMoveAsync(long feedId, Uri? movedTo, int seen, CancellationToken stop)
    {
        var note = new NpgsqlBatchCommand("UPDATE feeds SET moved_to = $2, moved_seen = $3 WHERE id = $1").With(feedId).With(movedTo?.AbsoluteUri).With(seen);
        await server.RunAsync(note, stop);
    }

    public async Task<bool> MoveAsync(long feedId, Uri url, CancellationToken stop)
    {
        var move = new NpgsqlBatchCommand("""
            UPDATE feeds SET url = $2, host = $3, moved_to = NULL, moved_seen = 0 WHERE id = $1 AND NOT EXISTS (SELECT FROM feeds AS other WHERE other.url = $2) RETURNING id
            """).With(feedId).With(url.AbsoluteUri).With(url.Authority);
        return (await server.RunAsync(move, row => row.GetInt64(0), stop)).Count == 1;
    }
}
