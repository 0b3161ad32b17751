using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>Whose answer counts.</summary>
public sealed class AnswerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_acknowledged_message_is_gone()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(3);
        var batch = await queue.ClaimAsync("reports", 3);
        Assert.Equal([1, 3], (await queue.AckAsync("reports", batch[0], batch[2])).Order());
        await queue.PassAsync("1 hour");
        Assert.Equal(2, Assert.Single(await queue.ClaimAsync("reports", 3)).Sequence);
        Assert.Empty(await queue.AckAsync("reports", batch[0]));
    }

    [Fact]
    public async Task A_lease_that_is_over_is_still_good_while_nobody_else_has_claimed_the_message()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        var late = await queue.ClaimAsync("reports", 1);
        await queue.PassAsync("1 hour");
        Assert.Equal([1], await queue.AckAsync("reports", late));
    }

    [Fact]
    public async Task Who_has_lost_a_message_to_another_worker_can_answer_for_it_in_no_way()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        var slow = await queue.ClaimAsync("reports", 1);
        await queue.PassAsync("1 hour");
        var quick = await queue.ClaimAsync("reports", 1);
        Assert.Empty(await queue.AckAsync("reports", slow));
        Assert.Empty(await queue.NackAsync("reports", "0", "slow", slow));
        Assert.Empty(await queue.ExtendAsync("reports", "1 hour", slow));
        Assert.Equal([1], await queue.AckAsync("reports", quick));
    }

    [Fact]
    public async Task A_receipt_is_worth_nothing_in_another_group()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        var mine = await queue.ClaimAsync("reports", 1);
        await queue.ClaimAsync("search", 1);
        Assert.Empty(await queue.AckAsync("search", mine));
        Assert.Equal([1], await queue.AckAsync("reports", mine));
    }

    [Fact]
    public async Task An_effect_rolled_back_with_its_acknowledgement_leaves_the_message_to_the_group()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await queue.ExecuteAsync("CREATE TABLE effects (message bigint)");
        var message = Assert.Single(await queue.ClaimAsync("reports", 1));
        Assert.False(await WorkAsync(queue, message, commit: false));
        Assert.Equal(0, await queue.CountAsync("effects"));
        Assert.True(await WorkAsync(queue, message, commit: true));
        Assert.False(await WorkAsync(queue, message, commit: true));
        Assert.Equal(1, await queue.CountAsync("effects"));
    }

    [Fact]
    public async Task Of_two_who_hold_a_message_for_their_own_one_does_its_work()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(200);
        await queue.ExecuteAsync("CREATE TABLE effects (message bigint)");
        var slow = await queue.ClaimAsync("reports", 200);
        await queue.PassAsync("1 hour");
        await Task.WhenAll(
            Task.Run(async () =>
            {
                foreach (var message in slow) await WorkAsync(queue, message, commit: true);
            }, Stop),
            Task.Run(async () =>
            {
                while (await queue.ClaimAsync("reports", 10) is { Count: > 0 } batch)
                    foreach (var message in batch) await WorkAsync(queue, message, commit: true);
            }, Stop));
        Assert.Equal(Enumerable.Repeat(1L, 200), await queue.ReadAsync(row => row.GetInt64(0), "SELECT count(*) FROM effects GROUP BY message"));
    }

    [Fact]
    public async Task A_nacked_message_comes_when_its_delay_is_over()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        Assert.Equal([1], await queue.NackAsync("reports", "5 minutes", "no luck", await queue.ClaimAsync("reports", 1)));
        await queue.PassAsync("4 minutes");
        Assert.Empty(await queue.ClaimAsync("reports", 1));
        await queue.PassAsync("1 minute");
        Assert.Equal(2, Assert.Single(await queue.ClaimAsync("reports", 1)).Attempts);
        Assert.Equal("no luck", await queue.ScalarAsync<string>("SELECT last_error FROM queue_entries"));
    }

    [Fact]
    public async Task An_extended_lease_keeps_the_message()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        var mine = await queue.ClaimAsync("reports", 1, "1 minute");
        Assert.Equal([1], await queue.ExtendAsync("reports", "2 hours", mine));
        await queue.PassAsync("1 hour");
        Assert.Empty(await queue.ClaimAsync("reports", 1));
        Assert.Equal([1], await queue.AckAsync("reports", mine));
    }

    /// <summary>What the contract asks of a consumer: effect and acknowledgement in one transaction.</summary>
    private static async Task<bool> WorkAsync(QueueDatabase queue, Claimed message, bool commit)
    {
        await using var connection = await queue.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var effect = new NpgsqlCommand("INSERT INTO effects VALUES ($1)", connection, transaction) { Parameters = { new() { Value = message.Sequence } } };
        await effect.ExecuteNonQueryAsync(Stop);
        await using var ack = new NpgsqlCommand("SELECT ingest_ack('reports', $1)", connection, transaction) { Parameters = { new() { Value = new[] { message.Receipt } } } };
        if (await ack.ExecuteScalarAsync(Stop) is null || !commit) return false;
        await transaction.CommitAsync(Stop);
        return true;
    }
}
