using System.Globalization;
using Npgsql;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>An empty database for one test, gone afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static int _count;

    private readonly string _administrator;
    private readonly string _name;

    private TestDatabase(string administrator, string name)
    {
        (_administrator, _name) = (administrator, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(administrator) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Creates it, with what <paramref name="template"/> holds if one is named; nobody may be connected to that.</summary>
    public static async Task<TestDatabase> CreateAsync(string template = "template0")
    {
        var administrator = await PostgresServer.ConnectionStringAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        await ExecuteAsync(administrator, $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        return new TestDatabase(administrator, name);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        await ExecuteAsync(_administrator, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var postgres = new NpgsqlConnection(connectionString);
        await postgres.OpenAsync();
        await using var command = postgres.CreateCommand();
#pragma warning disable CA2100 // A database's name can be no parameter; these are made above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
