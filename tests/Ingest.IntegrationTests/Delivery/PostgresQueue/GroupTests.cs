using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>Consumer groups: each gets everything.</summary>
public sealed class GroupTests
{
    [Fact]
    public async Task Groups_know_nothing_of_one_another()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2);
        await queue.AckAsync("reports", await queue.ClaimAsync("reports", 2));
        Assert.Equal(2, (await queue.ClaimAsync("search", 2)).Count);
        Assert.Empty(await queue.ClaimAsync("reports", 2));
    }

    [Fact]
    public async Task A_group_that_comes_late_begins_at_the_oldest_message_that_is_kept()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(5);
        await queue.ExecuteAsync("DELETE FROM outbox WHERE sequence < 3");
        Assert.Equal([3, 4, 5], (await queue.ClaimAsync("late", 10)).Select(message => message.Sequence));
    }

    [Fact]
    public async Task A_group_gets_what_passed_the_queues_filter_and_nothing_else()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.WriteAsync(4);
        await queue.AppendAsync(2, 3);
        Assert.Equal([2, 3], (await queue.ClaimAsync("late", 10)).Select(message => message.Sequence));
    }

    [Fact]
    public async Task A_subscription_may_begin_at_an_instant_and_counts_once()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(5);
        const string Subscribe = "SELECT ingest_subscribe('late', timestamptz '2026-11-01 00:04')";
        Assert.Equal(2L, await queue.ScalarAsync<object>(Subscribe));
        Assert.Equal(DBNull.Value, await queue.ScalarAsync<object>(Subscribe));
        Assert.Equal([4, 5], (await queue.ClaimAsync("late", 10)).Select(message => message.Sequence));
    }

    [Fact]
    public async Task Before_the_first_message_there_is_nothing_and_nothing_is_missed()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        Assert.Empty(await queue.ClaimAsync("early", 10));
        await queue.FillAsync(2);
        Assert.Equal(2, (await queue.ClaimAsync("early", 10)).Count);
    }

    [Fact]
    public async Task Several_queues_in_a_database_are_told_apart()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.WriteAsync(4);
        await queue.AppendAsync(1, 4);
        await queue.AppendAsync(4, 4, "short");
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports', queue => 'short')");
        Assert.Equal([4], (await queue.ClaimAsync("reports", 10)).Select(message => message.Sequence));
        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => queue.ClaimAsync("unnamed", 1));
        Assert.Contains("name the queue of a new consumer: queue, short", error.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_that_subscribe_while_messages_come_miss_none()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.WriteAsync(600);
        await queue.AppendAsync(1, 1);
        var relay = Task.Run(async () =>
        {
            for (var first = 2; first <= 600; first += 5) await queue.AppendAsync(first, Math.Min(600, first + 4));
        }, TestContext.Current.CancellationToken);
        var groups = Enumerable.Range(0, 20).Select(number => $"group {number}").ToList();
        foreach (var group in groups) await queue.ClaimAsync(group, 1);
        await relay;
        Assert.Equal(groups.Select(_ => 600L), await queue.ReadAsync(row => row.GetInt64(0), "SELECT count(*) FROM queue_entries GROUP BY consumer"));
    }

    [Fact]
    public async Task Workers_that_begin_a_group_together_begin_one_group()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(100);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => queue.ClaimAsync("reports", 10))));
        Assert.Equal(80, claims.SelectMany(claim => claim).Select(message => message.Sequence).Distinct().Count());
    }

    [Fact]
    public async Task Retention_leaves_a_group_what_it_has_before_it()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2);
        await queue.WriteAsync(2);
        await queue.AppendAsync(3, 4);
        await queue.Tools.Get<IOutboxStore>().RegisterAsync("queue", null, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports', max_attempts => 1)");
        var batch = await queue.ClaimAsync("reports", 3);
        await queue.AckAsync("reports", batch[0], batch[1]);
        await queue.NackAsync("reports", "0", "no", batch[2]);
        Assert.Equal([3, 4], await KeptAsync(queue));
        Assert.Equal(1, await queue.CountAsync("queue_log"));
        await queue.ExecuteAsync("SELECT ingest_unsubscribe('reports')");
        Assert.Empty(await KeptAsync(queue));
    }

    /// <summary>A group can begin just while its oldest messages are taken away.</summary>
    [Fact]
    public async Task What_is_gone_from_the_outbox_is_passed_over()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(4);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports')");
        await queue.ExecuteAsync("DELETE FROM outbox WHERE sequence < 4");
        Assert.Equal([4], (await queue.ClaimAsync("reports", 2)).Select(message => message.Sequence));
        Assert.Equal(1, await queue.CountAsync("queue_entries"));
    }

    private static async Task<List<long>> KeptAsync(QueueDatabase queue)
    {
        var (store, now) = (queue.Tools.Get<IRetentionStore>(), TimeProvider.System.GetUtcNow());
        for (long? after = null; await store.DropMessagesAsync(after, now, 2, CancellationToken.None) is { } reached;) after = reached;
        return await queue.ReadAsync(row => row.GetInt64(0), "SELECT sequence FROM outbox ORDER BY sequence");
    }

    [Fact]
    public async Task A_group_that_is_ended_leaves_nothing_behind()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(2);
        await queue.ClaimAsync("old", 1);
        await queue.ClaimAsync("reports", 1);
        Assert.True(await queue.ScalarAsync<bool>("SELECT ingest_unsubscribe('old')"));
        Assert.False(await queue.ScalarAsync<bool>("SELECT ingest_unsubscribe('old')"));
        Assert.Equal(["reports"], await queue.ReadAsync(row => row.GetString(0), "SELECT DISTINCT consumer FROM queue_entries"));
    }

    [Fact]
    public async Task A_person_sees_what_each_group_has_before_it()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(5);
        await queue.ExecuteAsync("SELECT ingest_subscribe('reports', max_attempts => 1)");
        await queue.NackAsync("reports", "0", "no", await queue.ClaimAsync("reports", 1));
        await queue.ClaimAsync("reports", 1);
        await queue.ExecuteAsync("SELECT ingest_subscribe('search', now())");
        var at = new DateTimeOffset(2026, 11, 1, 0, 2, 0, TimeSpan.Zero);
        Assert.Equal(
            [new ConsumerGroup("queue", "reports", 3, 1, 1, at), new ConsumerGroup("queue", "search", 0, 0, 0, null)],
            await queue.Tools.Get<IDeliveryDesk>().ListConsumersAsync(CancellationToken.None));
    }
}
