using System.Globalization;
using Ingest.Worker.Hosting;
using Npgsql;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>A database for one test, empty or as the program makes it; gone afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<TestDatabase>> Migrated = new(MigrateAsync);

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

    /// <summary>With all tables: the migrations run once for all tests, whose databases are copies.</summary>
    public static async Task<TestDatabase> CreateMigratedAsync() => await CreateAsync((await Migrated.Value)._name);

    /// <summary>After the last test: drops what was copied.</summary>
    public static ValueTask EndAsync() => Migrated is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var template } } ? template.DisposeAsync() : ValueTask.CompletedTask;

    private static async Task<TestDatabase> MigrateAsync()
    {
        var database = await CreateAsync();
        KeyValuePair<string, string?>[] settings = [new("Storage:Provider", "postgres"), new("Storage:ConnectionString", database.ConnectionString), new("Storage:DataDir", Path.GetTempPath())];
        await using (await Toolbox.OpenAsync(new Settings(null, Verbose: false, settings), CancellationToken.None)) return database;
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
