using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Worker.Hosting;
using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>A database with the queue in it, and an outbox that is filled by hand.</summary>
internal sealed class QueueDatabase : IAsyncDisposable
{
    public const string Queue = "queue";

    private readonly TempFolder _data = new();
    private readonly TestDatabase _database;

    private QueueDatabase(TestDatabase database) => _database = database;

    public Toolbox Tools { get; private set; } = null!;
    public NpgsqlDataSource Source => Tools.Get<NpgsqlDataSource>();
    public string ConnectionString => _database.ConnectionString;
    public string DataDir => _data.Path;

    public static async Task<QueueDatabase> CreateAsync()
    {
        var queue = new QueueDatabase(await TestDatabase.CreateMigratedAsync());
        queue.Tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, queue.Settings()), CancellationToken.None);
        return queue;
    }

    public IReadOnlyList<KeyValuePair<string, string?>> Settings() =>
        [new("Storage:DataDir", DataDir), new("Storage:Provider", "postgres"), new("Storage:ConnectionString", ConnectionString)];

    /// <summary>Puts so many messages into the outbox; with numbers from 1.</summary>
    public Task WriteAsync(int count) => ExecuteAsync("""
        INSERT INTO outbox (message_id, type, created_at, feed_id, feed_url, language, tags, payload)
        SELECT 'm' || i, 'ingest.article.created', timestamptz '2026-11-01' + i * interval '1 minute', 1, 'https://example.org/feed.xml', 'de', '[]',
               json_build_object('id', 'm' || i, 'data', json_build_object('url', 'https://example.org/' || i, 'title', 'Grüße ' || i))
        FROM generate_series((SELECT coalesce(max(sequence), 0) + 1 FROM outbox), (SELECT coalesce(max(sequence), 0) + $1 FROM outbox)) AS i
        """, (long)count);

    /// <summary>What the sink does with new messages.</summary>
    public Task<int> AppendAsync(long first, long last, string queue = Queue) =>
        ScalarAsync<int>("SELECT queue_append($1, ARRAY(SELECT generate_series($2, $3)), '{}')", queue, first, last);

    public async Task FillAsync(int count)
    {
        await WriteAsync(count);
        await AppendAsync(1, count);
    }

    public Task<List<Claimed>> ClaimAsync(string consumer, int most, string lease = "1 minute") => ReadAsync(
        row => new Claimed(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3)),
        "SELECT receipt, sequence, attempts, payload FROM ingest_claim($1, $2, $3::interval)", consumer, most, lease);

    /// <summary>The sequences of those that were still the caller's.</summary>
    public Task<List<long>> AckAsync(string consumer, params IEnumerable<Claimed> messages) =>
        ReadAsync(row => row.GetInt64(0), "SELECT ingest_ack($1, $2)", consumer, Receipts(messages));

    public Task<List<long>> NackAsync(string consumer, string retryIn, string? error, params IEnumerable<Claimed> messages) =>
        ReadAsync(row => row.GetInt64(0), "SELECT ingest_nack($1, $2, $3::interval, $4)", consumer, Receipts(messages), retryIn, (object?)error ?? DBNull.Value);

    public Task<List<long>> ExtendAsync(string consumer, string lease, params IEnumerable<Claimed> messages) =>
        ReadAsync(row => row.GetInt64(0), "SELECT ingest_extend($1, $2, $3::interval)", consumer, Receipts(messages), lease);

    /// <summary>As if so much time had gone by for what is in the queue.</summary>
    public Task PassAsync(string time) => ExecuteAsync("UPDATE queue_entries SET visible_at = visible_at - $1::interval", time);

    public Task<long> CountAsync(string table) => ScalarAsync<long>($"SELECT count(*) FROM {table}");

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<T>> ReadAsync<T>(Func<NpgsqlDataReader, T> item, string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var items = new List<T>();
        while (await reader.ReadAsync()) items.Add(item(reader));
        return items;
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static string[] Receipts(IEnumerable<Claimed> messages) => [.. messages.Select(message => message.Receipt)];

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _database.DisposeAsync();
        _data.Dispose();
    }
}

internal sealed record Claimed(string Receipt, long Sequence, int Attempts, string Payload);
