using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Worker.Hosting;
using Npgsql;
using PostgresServer = Ingest.Storage.Postgres.PostgresServer;

namespace Ingest.IntegrationTests.Storage.Postgres;

/// <summary>The services over a database of the test's own, and a way to its tables.</summary>
internal sealed class PostgresTools : IAsyncDisposable
{
    private readonly TempFolder _data = new();
    private readonly TestDatabase? _database;

    private PostgresTools(TestDatabase? database, Toolbox services) => (_database, Services) = (database, services);

    public Toolbox Services { get; }

    /// <param name="keywords">Further keywords of the connection string.</param>
    public static async Task<PostgresTools> OpenAsync(string keywords = "")
    {
        var database = await TestDatabase.CreateMigratedAsync();
        return new PostgresTools(database, await OpenServicesAsync($"{database.ConnectionString};{keywords}"));
    }

    /// <summary>On a server of one's own.</summary>
    public static async Task<PostgresTools> OnAsync(string connectionString) => new(null, await OpenServicesAsync(connectionString));

    public static IEnumerable<KeyValuePair<string, string?>> Settings(string connectionString) =>
        [new("Storage:Provider", "postgres"), new("Storage:ConnectionString", connectionString)];

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Services.Get<PostgresServer>().Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await ScalarAsync<T>(connection, sql);
    }

    public static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The tests' own constants.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? default(T))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _data.Dispose();
    }

    private static Task<Toolbox> OpenServicesAsync(string connectionString) =>
        Toolbox.OpenAsync(new Settings(null, Verbose: false, [.. Settings(connectionString), new("Storage:DataDir", Path.GetTempPath())]), CancellationToken.None);
}
