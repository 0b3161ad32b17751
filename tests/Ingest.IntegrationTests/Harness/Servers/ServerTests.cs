using System.Text;
using Ingest.Torture.Servers;
using Npgsql;
using RabbitMQ.Client;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>The servers themselves: they are there, and what was told them outlives their crash.</summary>
public sealed class ServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_answers_in_a_database_of_the_tests_own()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal(1, await ScalarAsync(database.ConnectionString, "SELECT 1"));
        Assert.Equal(0, await ScalarAsync(database.ConnectionString, "SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Rabbit_takes_a_message_and_gives_it_back()
    {
        await using var connection = await ConnectAsync((await RabbitServer.UriAsync()).AbsoluteUri);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Stop);
        var queue = await channel.QueueDeclareAsync(cancellationToken: Stop);
        await channel.BasicPublishAsync("", queue.QueueName, mandatory: true, "hello"u8.ToArray(), Stop);
        var message = await channel.BasicGetAsync(queue.QueueName, autoAck: true, Stop);
        Assert.Equal("hello", Encoding.UTF8.GetString(message!.Body.Span));
    }

    [Fact]
    public async Task A_private_cluster_keeps_what_was_committed_over_an_immediate_stop()
    {
        PostgresServer.MustBeInstalled();
        await using var postgres = await PrivateServers.PostgresAsync(Stop);
        await ScalarAsync(postgres.Connection, "CREATE TABLE kept AS SELECT 7 AS number");
        await postgres.StopAsync("QUIT");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(postgres.Connection, "SELECT 1"));
        await postgres.StartAsync(Stop);
        NpgsqlConnection.ClearAllPools();
        Assert.Equal(7, await ScalarAsync(postgres.Connection, "SELECT number FROM kept"));
    }

    private static Task<IConnection> ConnectAsync(string uri) => new ConnectionFactory { Uri = new Uri(uri), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Stop);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var postgres = new NpgsqlConnection(connectionString);
        await postgres.OpenAsync(Stop);
        await using var command = postgres.CreateCommand();
#pragma warning disable CA2100 // The queries are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Stop);
    }
}
