namespace Ingest.Benchmarks.Pipeline;

/// <summary>Fills a database with the past: articles like those of a pass, and feeds whose time is far away.</summary>
internal static class StoredNews
{
    /// <param name="articles">Copies of the articles that are there, with pages and messages; the messages count as delivered.</param>
    /// <param name="feeds">Feeds that are polled in a year.</param>
    public static async Task FillAsync(string connectionString, int articles, int feeds, CancellationToken stop)
    {
        await BenchServer.ExecuteAsync(connectionString, $"""
            INSERT INTO feeds (url, title, created_at, next_due_at, in_hand, deaths)
            SELECT 'https://filler.example/' || n || '.xml', 'Filler ' || n, now(), now() + interval '1 year', false, 0 FROM generate_series(1, {feeds}) AS n
            """, stop);
        await BenchServer.ExecuteAsync(connectionString, Articles(articles), stop);
        await BenchServer.ExecuteAsync(connectionString, "DROP TABLE filler; UPDATE deliveries SET cursor = (SELECT max(sequence) FROM outbox), frontier = (SELECT max(sequence) FROM outbox)", stop);
        await BenchServer.ExecuteAsync(connectionString, "VACUUM (ANALYZE)", stop);
        await BenchServer.ExecuteAsync(connectionString, "CHECKPOINT", stop);
    }

    // As old as the past is: ids begin with a time, like those that the worker gives.
    private static string Articles(int count) => $"""
        CREATE TABLE filler AS
        SELECT article.id AS original, ('0190' || substr(md5(article.id::text || n), 5))::uuid AS id, (SELECT min(id) FROM feeds) + n AS feed
        FROM articles AS article CROSS JOIN generate_series(1, {count} / (SELECT count(*)::int FROM articles) + 1) AS n LIMIT {count};
        INSERT INTO articles
        SELECT (copy).* FROM (
            SELECT jsonb_populate_record(article, jsonb_build_object('id', filler.id, 'feed_id', filler.feed, 'identity', 'https://filler.example/' || filler.id)) AS copy
            FROM filler JOIN articles AS article ON article.id = filler.original) AS copies;
        INSERT INTO raw_pages SELECT (copy).* FROM (
            SELECT jsonb_populate_record(page, jsonb_build_object('article_id', filler.id)) AS copy
            FROM filler JOIN raw_pages AS page ON page.article_id = filler.original) AS copies;
        INSERT INTO outbox (message_id, type, created_at, feed_id, feed_url, language, tags, payload)
        SELECT filler.id || ':1', message.type, message.created_at, filler.feed, message.feed_url, message.language, message.tags, message.payload
        FROM filler JOIN outbox AS message ON message.message_id = filler.original || ':1';
        """;
}
