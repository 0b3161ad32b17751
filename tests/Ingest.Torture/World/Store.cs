using System.Globalization;
using Npgsql;

namespace Ingest.Torture.World;

/// <summary>The program's database, read from outside.</summary>
internal sealed class Store(string connectionString)
{
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString;
    private IReadOnlyList<string>? _leaseTables;

    /// <summary>How far the program is.</summary>
    public async Task<StoreProgress> ProgressAsync(CancellationToken stop)
    {
        await using var postgres = await OpenAsync(stop);
        return new StoreProgress(
            await CountAsync(postgres, "SELECT count(*) FROM articles WHERE state = 'Ingested'", stop),
            await CountAsync(postgres, "SELECT count(*) FROM articles WHERE state <> 'Ingested'", stop),
            await CountAsync(postgres, "SELECT count(*) FROM deliveries WHERE cursor < (SELECT coalesce(max(sequence), 0) FROM outbox)", stop));
    }

    /// <summary>Whether any lease names this worker.</summary>
    public async Task<bool> IsLeasedToAsync(int pid, CancellationToken stop)
    {
        var owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{pid}:%");
        await using var postgres = await OpenAsync(stop);
        foreach (var table in await LeaseTablesAsync(postgres, stop))
            if (await CountAsync(postgres, $"SELECT count(*) FROM {table} WHERE lease_owner LIKE $1", stop, owner) > 0) return true;
        return false;
    }

    /// <summary>The page of every ingested article, and when it was.</summary>
    public async Task<IReadOnlyList<(string Page, DateTimeOffset At)>> ArticlesAsync(CancellationToken stop)
    {
        await using var postgres = await OpenAsync(stop);
        await using var command = Command(postgres, "SELECT url, ingested_at FROM articles WHERE state = 'Ingested'");
        await using var rows = await command.ExecuteReaderAsync(stop);
        var articles = new List<(string, DateTimeOffset)>();
        while (await rows.ReadAsync(stop)) articles.Add((PageAddress.Of(new Uri(rows.GetString(0))), rows.GetFieldValue<DateTimeOffset>(1)));
        return articles;
    }

    /// <summary>What should be gone once every worker has ended: each kind that is left, and how many.</summary>
    public async Task<IReadOnlyList<string>> LeftoversAsync(CancellationToken stop)
    {
        await using var postgres = await OpenAsync(stop);
        var left = new List<string>();
        foreach (var (what, query) in Leftovers.Concat((await LeaseTablesAsync(postgres, stop)).Select(table => ($"leases in {table}", $"SELECT count(*) FROM {table} WHERE lease_owner IS NOT NULL"))))
            if (await CountAsync(postgres, query, stop) is > 0 and var count) left.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        return left;
    }

    private static readonly (string What, string Query)[] Leftovers =
    [
        ("articles not ingested", "SELECT count(*) FROM articles WHERE state <> 'Ingested'"),
        ("articles that are still to be tried", "SELECT count(*) FROM articles WHERE next_attempt_at IS NOT NULL"),
        ("failures", "SELECT count(*) FROM failures"),
        ("sinks behind the outbox", "SELECT count(*) FROM deliveries WHERE cursor < (SELECT coalesce(max(sequence), 0) FROM outbox)"),
        ("dead letters", "SELECT count(*) FROM dead_letters"),
        ("advisory locks", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"),
        ("sessions", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"),
    ];

    private async Task<IReadOnlyList<string>> LeaseTablesAsync(NpgsqlConnection postgres, CancellationToken stop)
    {
        if (_leaseTables is not null) return _leaseTables;
        await using var command = Command(postgres, "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.columns WHERE column_name = 'lease_owner'");
        await using var rows = await command.ExecuteReaderAsync(stop);
        var tables = new List<string>();
        while (await rows.ReadAsync(stop)) tables.Add(rows.GetString(0));
        return _leaseTables = tables;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        var postgres = new NpgsqlConnection(_connectionString);
        await postgres.OpenAsync(stop);
        return postgres;
    }

    private static async Task<long> CountAsync(NpgsqlConnection postgres, string query, CancellationToken stop, params object[] parameters)
    {
        await using var command = Command(postgres, query);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection postgres, string query)
    {
        var command = postgres.CreateCommand();
#pragma warning disable CA2100 // The queries are this class's own.
        command.CommandText = query;
#pragma warning restore CA2100
        return command;
    }
}

/// <summary>How far the program is.</summary>
/// <param name="Open">Articles that are known and not ingested.</param>
/// <param name="SinksBehind">Sinks that have not been given the whole outbox.</param>
internal sealed record StoreProgress(long Ingested, long Open, long SinksBehind);
