namespace Ingest.IntegrationTests.Storage;

public sealed class SqliteStoreTests : StoreContract
{
    private protected override Task<IEnumerable<KeyValuePair<string, string?>>> SettingsAsync() => Task.FromResult<IEnumerable<KeyValuePair<string, string?>>>([]);
}
