using System.Globalization;
using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Worker.Hosting;
using Npgsql;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>One PostgreSQL database, and as many workers on it as a test wants: each with a folder of its own, as processes or as their services in this one.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly TempFolder _folder = new();
    private readonly List<Toolbox> _tools = [];
    private int _workers;

    private SharedDatabase(TestDatabase database) => _database = database;

    public static async Task<SharedDatabase> CreateAsync() => new(await TestDatabase.CreateMigratedAsync());

    /// <summary>Without tables, as the first worker finds it.</summary>
    public static async Task<SharedDatabase> CreateEmptyAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>The settings of one more worker. <paramref name="host"/> is the only one it may ask.</summary>
    public IEnumerable<(string Key, string Value)> Settings(string host, params (string Key, string Value)[] further) =>
    [
        ("Storage:Provider", "postgres"),
        ("Storage:ConnectionString", _database.ConnectionString),
        ("Storage:DataDir", Path.Combine(_folder.Path, (++_workers).ToString(CultureInfo.InvariantCulture))),
        ("Fetching:AllowedAddresses:0", host),
        .. further,
    ];

    public WorkerProcess Start(string host, params (string Key, string Value)[] further) =>
        WorkerProcess.Start(["run", "--url", "http://127.0.0.1:0"], [.. Settings(host, further)]);

    public async Task<Toolbox> OpenAsync(string host, params (string Key, string Value)[] further)
    {
        var settings = Settings(host, further).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));
        var tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [.. settings]), CancellationToken.None);
        _tools.Add(tools);
        return tools;
    }

    /// <summary>The first column of a query's first row.</summary>
    public async Task<T> AskAsync<T>(string query)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries stand in the tests.
        command.CommandText = query;
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tools in _tools) await tools.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
