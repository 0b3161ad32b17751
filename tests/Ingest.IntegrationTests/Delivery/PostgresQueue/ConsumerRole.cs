using System.Globalization;
using Ingest.IntegrationTests.Harness;
using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>The login that <c>deploy/examples/consumer-role.sql</c> makes, under a name that no other test has: roles belong to the whole server.</summary>
internal sealed class ConsumerRole : IAsyncDisposable
{
    private static int _count;

    private readonly QueueDatabase _queue;

    private ConsumerRole(QueueDatabase queue)
    {
        _queue = queue;
        Name = string.Create(CultureInfo.InvariantCulture, $"reports_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        ConnectionString = new NpgsqlConnectionStringBuilder(queue.ConnectionString) { Username = Name, Password = "secret" }.ConnectionString;
    }

    public string Name { get; }
    public string ConnectionString { get; }

    /// <summary>The same for libpq, which other languages' drivers have in common.</summary>
    public string LibpqString
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return string.Create(CultureInfo.InvariantCulture, $"host={parts.Host} port={parts.Port} dbname={parts.Database} user={parts.Username} password={parts.Password}");
        }
    }

    public static async Task<ConsumerRole> CreateAsync(QueueDatabase queue)
    {
        var role = new ConsumerRole(queue);
        var script = await File.ReadAllTextAsync(Repository.File("deploy", "examples", "consumer-role.sql"));
        await queue.ExecuteAsync(script.Replace("reports", role.Name, StringComparison.Ordinal));
        return role;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        await _queue.ExecuteAsync($"DROP OWNED BY {Name}; DROP ROLE {Name}");
    }
}
