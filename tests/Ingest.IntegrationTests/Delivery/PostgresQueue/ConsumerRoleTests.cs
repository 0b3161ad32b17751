using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>What the role of the example may do.</summary>
public sealed class ConsumerRoleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consumer_needs_the_functions_and_no_table()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2);
        await using var role = await ConsumerRole.CreateAsync(queue);
        Assert.Equal(1L, await RunAsync(role, "SELECT ingest_subscribe('reports', timestamptz '2026-11-01 00:02')"));
        Assert.Equal("m2", await RunAsync(role, "SELECT message_id FROM ingest_claim('reports', 1, '1 minute')"));
        Assert.Equal(2L, await RunAsync(role, "SELECT ingest_nack('reports', ARRAY['2.1'], '0', 'no')"));
        Assert.Equal(2L, await RunAsync(role, "SELECT ingest_ack('reports', ARRAY[(SELECT receipt FROM ingest_claim('reports', 1, '1 minute'))])"));
        await RunAsync(role, "INSERT INTO read_articles VALUES ('m2', 'https://example.org/2', 'Grüße')");
    }

    [Theory]
    [InlineData("SELECT payload FROM outbox")]
    [InlineData("SELECT * FROM queue_entries")]
    [InlineData("SELECT queue_append('queue', '{2}', '{}')")]
    [InlineData("SELECT queue_copy('reports', 'queue', null, 0, 9)")]
    [InlineData("SELECT ingest_unsubscribe('reports')")]
    [InlineData("SELECT * FROM ingest_queue_status()")]
    public async Task It_can_do_nothing_else(string forbidden)
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await using var role = await ConsumerRole.CreateAsync(queue);
        var error = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(role, forbidden));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    /// <summary>The functions run with their owner's rights: they must find the owner's tables, whatever the caller puts in the way.</summary>
    [Fact]
    public async Task A_table_of_the_callers_own_deceives_no_function()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await using var role = await ConsumerRole.CreateAsync(queue);
        await using var connection = new NpgsqlConnection(role.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("""
            CREATE TEMP TABLE queue_entries (nothing int);
            CREATE TEMP TABLE outbox (nothing int);
            SELECT message_id FROM ingest_claim('reports', 1, '1 minute');
            """, connection);
        Assert.Equal("m1", await command.ExecuteScalarAsync(Stop));
    }

    private static async Task<object?> RunAsync(ConsumerRole role, string sql)
    {
        await using var connection = new NpgsqlConnection(role.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop);
    }
}
