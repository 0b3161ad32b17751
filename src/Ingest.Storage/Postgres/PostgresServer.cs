using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>The server, reached through one pool of connections, and the patience to try again when it is away for a moment.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Statements kept prepared on each connection: ours are fewer.</summary>
    private const int Prepared = 100;

    /// <summary>
    /// Connections of one worker. A transaction is a few milliseconds long, so twenty serve some hundred articles at once; more would only take from the
    /// server's hundred and keep their own copies of the prepared statements.
    /// </summary>
    private const int Connections = 20;

    /// <summary>Waits between the tries: about ten seconds in all, which a server's restart takes no longer than.</summary>
    private static readonly TimeSpan[] Waits = [.. new[] { 0.02, 0.1, 0.2, 0.5, 1, 2, 3, 3 }.Select(TimeSpan.FromSeconds)];

    private readonly TimeProvider _clock;

    public PostgresServer(StorageOptions options, TimeProvider clock)
    {
        _clock = clock;
        Source = new NpgsqlDataSourceBuilder(Complete(options.ConnectionString!)).Build();
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Runs what leaves nothing behind when it fails, or may be done twice, until the server has done it or its time is up.</summary>
    public async Task<T> RepeatAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception error) when (tries < Waits.Length && PassesBy(error) && !stop.IsCancellationRequested)
            {
                await Task.Delay(Waits[tries], _clock, stop);
            }
        }
    }

    /// <summary>Runs a statement, which is a transaction by itself; each row of its result becomes an item.</summary>
    public Task<List<T>> RunAsync<T>(NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> item, CancellationToken stop) => RunAsync([statement], item, stop);

    /// <summary>Runs statements in one round trip and one transaction; each row of the first one's result becomes an item.</summary>
    public async Task<List<T>> RunAsync<T>(NpgsqlBatchCommand[] statements, Func<NpgsqlDataReader, T> item, CancellationToken stop)
    {
        await using var batch = Source.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return await RepeatAsync(async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync(stop);
            var items = new List<T>();
            while (await reader.ReadAsync(stop)) items.Add(item(reader));
            // To the end: a later statement's error is the transaction's.
            while (await reader.NextResultAsync(stop)) { }
            return items;
        }, stop);
    }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public async Task<int> RunAsync(NpgsqlBatchCommand statement, CancellationToken stop)
    {
        await using var batch = Source.CreateBatch();
        batch.BatchCommands.Add(statement);
        return await RepeatAsync(() => batch.ExecuteNonQueryAsync(stop), stop);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>A lost connection, a server that starts or stops, and what lost to another transaction: a deadlock, a stale snapshot, a row that was just inserted.</summary>
    private static bool PassesBy(Exception? error) => error switch
    {
        null => false,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => PassesBy(error.InnerException),
    };

    private static string Complete(string connectionString)
    {
        var complete = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "ingest",
            MaxAutoPrepare = Prepared,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = Connections,
            // Nothing of ours leaves anything behind in a session; resetting it costs the server more than most of our statements.
            NoResetOnClose = true,
            // A worker that freezes or vanishes between two statements would keep its rows locked until TCP gives it up, hours later; its work is taken over sooner.
            Options = "-c idle_in_transaction_session_timeout=15s",
        };
        foreach (var (keyword, value) in new NpgsqlConnectionStringBuilder(connectionString)) complete[keyword] = value;
        return complete.ConnectionString;
    }
}
