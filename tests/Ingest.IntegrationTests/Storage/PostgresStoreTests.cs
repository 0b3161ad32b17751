using Ingest.IntegrationTests.Harness.Servers;

namespace Ingest.IntegrationTests.Storage;

public sealed class PostgresStoreTests : StoreContract
{
    private TestDatabase? _database;

    private protected override async Task<IEnumerable<KeyValuePair<string, string?>>> SettingsAsync()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        return [new("Storage:Provider", "postgres"), new("Storage:ConnectionString", _database.ConnectionString)];
    }

    private protected override ValueTask EndAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
