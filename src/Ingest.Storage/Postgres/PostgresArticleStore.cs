using System.Globalization;
using System.Text.Json;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Stores;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>What an article asks for, in one statement each; see <see cref="PostgresFeedStore"/>.</summary>
internal sealed class PostgresArticleStore(PostgresServer server) : IArticleStore
{
    private static readonly string DueArticles = Claim.Statement("articles", "next_attempt_at", "id, title, url");
    private static readonly string ArticleById = Claim.OneStatement("articles", "next_attempt_at", JobKind.IngestArticle, "AND state NOT IN ('Ingested', 'Discarded')");
    private static readonly string SaveWithPage = SaveStatement(page: true);
    private static readonly string SaveWithoutPage = SaveStatement(page: false);

    public async Task<IReadOnlyList<DueArticle>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) =>
        await server.RunAsync(Claim.Of(DueArticles, most, lease), row => new DueArticle(row.GetGuid(0), row.Text(1), row.Text(2) is { } url ? new Uri(url) : null), stop);

    public async Task<bool> ClaimAsync(Guid articleId, Lease lease, CancellationToken stop)
    {
        var claim = Claim.One(ArticleById, lease).With(articleId).With(Job.IngestArticle(articleId).Target);
        return (await server.RunAsync(claim, row => row.GetGuid(0), stop)).Count == 1;
    }

    public async Task<PendingArticle?> FindPendingAsync(Guid articleId, CancellationToken stop)
    {
        // Without its feed nobody wants the article any more.
        var find = new NpgsqlBatchCommand("""
            SELECT feed.id, feed.url, feed.title, feed.language, article.url, article.entry, article.first_seen_at, coalesce(failure.attempts, 0), article.deaths,
                   article.lease_owner, feed.fetch_settings
            FROM articles AS article
            JOIN feeds AS feed ON feed.id = article.feed_id
            LEFT JOIN failures AS failure ON failure.job = 'IngestArticle' AND failure.target = $2
            WHERE article.id = $1 AND article.state <> 'Ingested' AND article.next_attempt_at IS NOT NULL
            """).With(articleId).With(Job.IngestArticle(articleId).Target);
        return (await server.RunAsync(find, row => PendingOf(articleId, row), stop)).SingleOrDefault();
    }

    private static PendingArticle PendingOf(Guid articleId, NpgsqlDataReader row) => new(
        articleId, new FeedReference(row.GetInt64(0), new Uri(row.GetString(1)), row.Text(2), row.Text(3)),
        row.Text(4) is { } url ? new Uri(url) : null, EntryJson.Read(row.Text(5)), row.GetFieldValue<DateTimeOffset>(6), row.GetInt32(7), row.GetInt32(8))
    {
        LeaseOwner = row.Text(9),
        Settings = FetchJson.Settings(row.Text(10)),
    };

    public async Task MarkInHandAsync(Guid articleId, bool inHand, CancellationToken stop)
    {
        var mark = new NpgsqlBatchCommand("UPDATE articles SET in_hand = $2 WHERE id = $1").With(articleId).With(inHand);
        await server.RunAsync(mark, stop);
    }

    public async Task<bool> SaveIngestedAsync(IngestedArticle article, CancellationToken stop)
    {
        var message = article.Message;
        var save = new NpgsqlBatchCommand(article.Page is null ? SaveWithoutPage : SaveWithPage)
            .With(article.Id).With(article.Article.Title).With(article.Article.Language).With(article.Article.WordCount)
            .With(article.Article.Removed.Count).With(article.ContentHash).With(article.Article.PublishedAt)
            .With(article.At).WithText(article.Data)
            .With(message.MessageId).With(message.Type).With(message.CreatedAt).With(message.Labels.FeedId).With(message.Labels.FeedUrl.AbsoluteUri)
            .With(message.Labels.Language).With(JsonSerializer.Serialize(message.Labels.Tags)).WithText(message.Payload);
        if (article.Page is { } page)
            save.With(page.FinalUrl.AbsoluteUri).With(page.ContentType).With(page.FetchedAt).With(page.Body.Length).With(Archive.Compress(page.Body.Span)).With(FetchJson.Write(page.Visits));
        // A statement of its own, with what is there by then: another worker may have noted a failure while the one above waited for the article's row.
        var clear = new NpgsqlBatchCommand("DELETE FROM failures WHERE job = 'IngestArticle' AND target = $1").With(Job.IngestArticle(article.Id).Target);
        return await server.RunAsync([save, clear], row => row.GetInt64(0), stop) is { Count: > 0 };
    }

    // The lock comes before the message's number: a row of `done` needs one of `held`, and a row of the outbox one of `done`. See PostgresOutboxReader.
    private static string SaveStatement(bool page) => $"""
        WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared({AdvisoryLocks.Outbox.ToString(CultureInfo.InvariantCulture)})),
        done AS (
            UPDATE articles SET state = 'Ingested', entry = NULL, next_attempt_at = NULL, lease_owner = NULL, in_hand = false, deaths = 0, title = $2, language = $3,
                   word_count = $4, removed_count = $5, content_hash = $6, published_at = $7, ingested_at = $8, data = $9
            FROM held WHERE articles.id = $1 AND articles.state <> 'Ingested'
            RETURNING articles.id)
        {(page ? ", page AS (INSERT INTO raw_pages (article_id, url, content_type, fetched_at, length, body, visits) SELECT id, $18, $19, $20, $21, $22, $23 FROM done)" : "")}
        INSERT INTO outbox (message_id, type, created_at, feed_id, feed_url, language, tags, payload) SELECT $10, $11, $12, $13, $14, $15, $16, $17 FROM done
        RETURNING sequence
        """;

    public async Task ReleaseAsync(IReadOnlyCollection<Guid> articleIds, string? owner, DateTimeOffset dueAt, CancellationToken stop)
    {
        var release = new NpgsqlBatchCommand("UPDATE articles SET lease_owner = NULL, in_hand = false, next_attempt_at = $3 WHERE id = ANY ($1) AND lease_owner = $2")
            .With(articleIds.ToArray()).With(owner).With(dueAt);
        await server.RunAsync(release, stop);
    }
}
