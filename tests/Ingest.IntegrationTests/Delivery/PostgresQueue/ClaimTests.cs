using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>Who gets what, and when.</summary>
public sealed class ClaimTests
{
    /// <summary>For ten messages: a descent of the index for each, its old and its new place, twice over.</summary>
    private const int MostBlocks = 300;

    [Fact]
    public async Task Messages_come_whole_and_in_order_and_to_one_worker_each()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(5);
        var first = await queue.ClaimAsync("reports", 3);
        Assert.Equal([1, 2, 3], first.Select(message => message.Sequence));
        Assert.Contains("\"title\" : \"Grüße 1\"", first[0].Payload, StringComparison.Ordinal);
        Assert.All(first, message => Assert.Equal(1, message.Attempts));
        Assert.Equal([4, 5], (await queue.ClaimAsync("reports", 3)).Select(message => message.Sequence));
        Assert.Empty(await queue.ClaimAsync("reports", 3));
    }

    [Fact]
    public async Task What_has_waited_longest_comes_first_whatever_its_number()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(3);
        await queue.NackAsync("reports", "1 hour", null, await queue.ClaimAsync("reports", 1));
        await queue.PassAsync("2 hours");
        Assert.Equal([2, 3, 1], (await ClaimOneByOneAsync(queue, 3)).Select(message => message.Sequence));
    }

    [Fact]
    public async Task Many_workers_at_once_share_everything_and_get_nothing_twice()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2000);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await queue.ClaimAsync("reports", 25) is { Count: > 0 } batch) mine.AddRange(await queue.AckAsync("reports", batch));
            return mine;
        })));
        Assert.Equal(Enumerable.Range(1, 2000).Select(number => (long)number), claimed.SelectMany(mine => mine).Order());
        Assert.Equal(0, await queue.CountAsync("queue_entries"));
    }

    [Fact]
    public async Task A_worker_in_a_long_transaction_keeps_nobody_waiting()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(4);
        await queue.ClaimAsync("reports", 1);
        await using var connection = await queue.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var claim = new NpgsqlCommand("SELECT count(*) FROM ingest_claim('reports', 2, '1 minute')", connection, transaction))
            Assert.Equal(2L, await claim.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal([4], (await queue.ClaimAsync("reports", 10)).Select(message => message.Sequence));
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal([2, 3], (await queue.ClaimAsync("reports", 10)).Select(message => message.Sequence));
    }

    [Fact]
    public async Task When_the_lease_is_over_another_worker_gets_the_message()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await queue.ClaimAsync("reports", 1, "10 minutes");
        await queue.PassAsync("9 minutes");
        Assert.Empty(await queue.ClaimAsync("reports", 1));
        await queue.PassAsync("1 minute");
        Assert.Equal(2, Assert.Single(await queue.ClaimAsync("reports", 1)).Attempts);
    }

    [Fact]
    public async Task A_message_that_twice_got_no_answer_comes_alone()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(3);
        for (var crash = 0; crash < 2; crash++)
        {
            Assert.Equal(3, (await queue.ClaimAsync("reports", 10)).Count);
            await queue.PassAsync("1 hour");
        }
        Assert.Equal([1, 2, 3], (await ClaimOneByOneAsync(queue, 3, most: 10)).Select(message => message.Sequence));
        // Refused by a worker that lives, they are under no suspicion.
        await queue.PassAsync("1 hour");
        await queue.NackAsync("reports", "0", "no", await ClaimOneByOneAsync(queue, 3));
        Assert.Equal(3, (await queue.ClaimAsync("reports", 10)).Count);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_dead_until_a_person_asks_for_it()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(3);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports', max_attempts => 2)");
        await queue.NackAsync("reports", "0", "first", await queue.ClaimAsync("reports", 1));
        await queue.PassAsync("1 minute");
        Assert.Equal([2, 3, 1], (await ClaimOneByOneAsync(queue, 3)).Select(message => message.Sequence));
        // The lease of 1 runs out for the second time: nobody gets it, and its neighbours come all the same.
        await queue.PassAsync("1 hour");
        Assert.Equal([2, 3], (await queue.ClaimAsync("reports", 3)).Select(message => message.Sequence));
        Assert.Empty(await queue.ClaimAsync("reports", 3));
        Assert.Equal((1, "first"), Assert.Single(await DeadAsync(queue)));
        Assert.Equal(1, await queue.ScalarAsync<long>("SELECT ingest_retry_dead('reports')"));
        Assert.Equal((1, 1), (await queue.ClaimAsync("reports", 1)).Select(message => (message.Sequence, message.Attempts)).Single());
    }

    [Fact]
    public async Task What_nobody_answers_for_dies_too_and_can_be_given_up()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports', max_attempts => 1)");
        await queue.ClaimAsync("reports", 2);
        await queue.PassAsync("1 hour");
        Assert.Empty(await queue.ClaimAsync("reports", 2));
        Assert.Equal([(2, "no answer before the lease was over"), (1, "no answer before the lease was over")], await DeadAsync(queue));
        Assert.Equal(1, await queue.ScalarAsync<long>("SELECT ingest_drop_dead('reports', '{2}')"));
        Assert.Equal(1, Assert.Single(await DeadAsync(queue)).Sequence);
    }

    [Theory]
    [InlineData("no messages", "ingest_claim('reports', 0, '1 minute')", "n must be at least 1, not 0")]
    [InlineData("null messages", "ingest_claim('reports', null, '1 minute')", "n must be at least 1")]
    [InlineData("no lease", "ingest_claim('reports', 1, '0')", "lease must be longer than nothing")]
    [InlineData("a lease that is over", "ingest_extend('reports', '{}', '-1 s')", "lease must be longer than nothing")]
    [InlineData("into the past", "ingest_nack('reports', '{}', '-1 s')", "retry_in must not be negative")]
    [InlineData("an id for a receipt", "ingest_ack('reports', '{m1}')", "these are not receipts of ingest_claim: {m1}")]
    [InlineData("no name", "ingest_claim('', 1, '1 s')", "consumer must be a name")]
    [InlineData("no attempt", "ingest_subscribe('new', max_attempts => 0)", "max_attempts must be at least 1, not 0")]
    [InlineData("a queue that is not there", "ingest_subscribe('new', queue => 'other')", "name the queue of a new consumer: queue")]
    public async Task A_wrong_argument_is_called_by_its_name(string reason, string call, string message)
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await queue.ClaimAsync("reports", 1);
        var error = await Assert.ThrowsAsync<PostgresException>(() => queue.ExecuteAsync($"SELECT {call}"));
        Assert.Contains(message, error.MessageText, StringComparison.Ordinal);
        Assert.True(error.SqlState == PostgresErrorCodes.InvalidParameterValue, reason);
    }

    /// <summary>A session's plans live as long as it does: those made for an empty queue must do for a full one.</summary>
    [Fact]
    public async Task A_claim_reads_the_beginning_of_its_index_and_no_more_however_long_the_queue_has_become()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await using var connection = await queue.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        const string Claim = "SELECT count(*) FROM ingest_claim('reports', 10, '1 hour')";
        for (var i = 0; i < 10; i++) await ExecuteAsync(connection, Claim);
        await queue.WriteAsync(100_000);
        await queue.AppendAsync(2, 100_001);
        Assert.InRange(await CostAsync(connection, Claim), 1, MostBlocks);
    }

    /// <summary>What is done stays in the index as long as anybody's older transaction might look at it.</summary>
    [Fact]
    public async Task A_long_transaction_elsewhere_makes_no_claim_dearer()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(20_000);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports')");
        await using var old = await queue.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var snapshot = await old.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        await ExecuteAsync(old, "SELECT 1");
        for (var i = 0; i < 10; i++) await queue.AckAsync("reports", await queue.ClaimAsync("reports", 1_000));
        await using var connection = await queue.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.InRange(await CostAsync(connection, "SELECT count(*) FROM ingest_claim('reports', 10, '1 hour')"), 1, MostBlocks);
    }

    /// <summary>The blocks of entries that a claim of ten reads; the least of several, because one in a few seconds looks from the very beginning.</summary>
    private static async Task<long> CostAsync(NpgsqlConnection connection, string claim)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = await BlocksAsync(connection);
            Assert.Equal(10L, await ExecuteAsync(connection, claim));
            least = Math.Min(least, await BlocksAsync(connection) - before);
        }
        return least;
    }

    private static async Task<long> BlocksAsync(NpgsqlConnection connection)
    {
        await ExecuteAsync(connection, "SELECT pg_stat_force_next_flush()");
        return (long)(await ExecuteAsync(connection, "SELECT (heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit)::bigint FROM pg_statio_user_tables WHERE relname = 'queue_entries'"))!;
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Task<List<(long Sequence, string? Error)>> DeadAsync(QueueDatabase queue) =>
        queue.ReadAsync(row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)), "SELECT sequence, last_error FROM ingest_dead('reports')");

    private static async Task<List<Claimed>> ClaimOneByOneAsync(QueueDatabase queue, int times, int most = 1)
    {
        var claimed = new List<Claimed>();
        for (var i = 0; i < times; i++) claimed.Add(Assert.Single(await queue.ClaimAsync("reports", most)));
        return claimed;
    }
}
