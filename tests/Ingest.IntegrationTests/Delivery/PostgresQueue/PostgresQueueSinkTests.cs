using Ingest.Delivery.PostgresQueue;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Cli;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ingest.IntegrationTests.Delivery.PostgresQueue;

/// <summary>From the outbox to the queue: each message once, whatever breaks in between.</summary>
public sealed class PostgresQueueSinkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_relay_gives_every_group_what_the_sink_wants()
    {
        await using var queue = await StartAsync(groups: ["reports", "search"]);
        await queue.WriteAsync(5);
        var relay = Relay(queue);
        Assert.True(await relay.DeliverNextAsync("relay", Stop));
        foreach (var group in (string[])["reports", "search"]) Assert.Equal([2, 3, 4, 5, 6], (await queue.ClaimAsync(group, 10)).Select(message => message.Sequence));
        Assert.Equal(5, Assert.Single(await queue.Tools.Get<IDeliveryDesk>().ListAsync(Stop)).Delivered);
    }

    [Fact]
    public async Task A_crash_after_queueing_and_before_the_relays_note_queues_nothing_twice()
    {
        await using var queue = await StartAsync(groups: ["reports"]);
        await queue.WriteAsync(4);
        var outbox = new ForgetfulOutbox(queue.Tools.Get<IOutboxStore>());
        await Assert.ThrowsAsync<IOException>(async () => await Relay(queue, outbox).DeliverNextAsync("relay", Stop));
        // Meanwhile consumers go on: one message is done, one in hand.
        var taken = await queue.ClaimAsync("reports", 2);
        await queue.AckAsync("reports", taken[0]);
        await queue.WriteAsync(2);
        var next = Relay(queue, outbox);
        while (await next.DeliverNextAsync("relay", Stop)) { }
        Assert.Equal([4, 5, 6, 7], (await queue.ClaimAsync("reports", 10)).Select(message => message.Sequence));
        Assert.Equal([3], await queue.AckAsync("reports", taken[1]));
    }

    [Fact]
    public async Task A_batch_that_is_broken_off_is_queued_as_a_whole_or_not_at_all()
    {
        await using var queue = await StartAsync(groups: ["reports"]);
        var sink = new PostgresQueueSink(QueueDatabase.Queue, queue.Source);
        await queue.WriteAsync(3);
        await using (var connection = await queue.Source.OpenConnectionAsync(Stop))
        await using (var transaction = await connection.BeginTransactionAsync(Stop))
        {
            await using (var hold = new NpgsqlCommand("SELECT FROM queue_heads FOR UPDATE", connection, transaction)) await hold.ExecuteNonQueryAsync(Stop);
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.DeliverAsync(Messages(2, 3, 4), soon.Token));
        }
        Assert.Equal(0, await queue.CountAsync("queue_entries"));
        Assert.Equal(3, (await sink.DeliverAsync(Messages(2, 3, 4), Stop)).Settled);
        Assert.Equal(3, await queue.CountAsync("queue_entries"));
    }

    [Fact]
    public async Task Asked_for_again_a_message_comes_again_whatever_became_of_it()
    {
        await using var queue = await StartAsync(groups: ["reports"]);
        await queue.ExecuteAsync("UPDATE queue_consumers SET max_attempts = 1");
        await queue.WriteAsync(4);
        var sink = new PostgresQueueSink(QueueDatabase.Queue, queue.Source);
        await sink.DeliverAsync(Messages(2, 3, 4, 5), Stop);
        var taken = await queue.ClaimAsync("reports", 3);
        await queue.AckAsync("reports", taken[0]);
        await queue.NackAsync("reports", "0", "no", taken[1]);
        await sink.DeliverAsync([.. Messages(2, 3, 4, 5).Select(message => message with { IsReplay = true })], Stop);
        Assert.Equal([(2, 1), (3, 1), (4, 1), (5, 1)], (await queue.ClaimAsync("reports", 10)).Select(message => (message.Sequence, message.Attempts)));
        // Who had it in hand has it no more.
        Assert.Empty(await queue.AckAsync("reports", taken[2]));
    }

    [Fact]
    public async Task Whoever_listens_hears_of_each_batch()
    {
        await using var queue = await StartAsync(groups: []);
        await using var connection = await queue.Source.OpenConnectionAsync(Stop);
        var heard = new List<string>();
        connection.Notification += (_, news) => heard.Add($"{news.Channel}: {news.Payload}");
        await using (var listen = new NpgsqlCommand("LISTEN ingest_queue", connection)) await listen.ExecuteNonQueryAsync(Stop);
        await new PostgresQueueSink(QueueDatabase.Queue, queue.Source).DeliverAsync(Messages(2, 3), Stop);
        Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        Assert.Equal(["ingest_queue: queue"], heard);
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_fault_and_no_exception()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        var outcome = await new PostgresQueueSink(QueueDatabase.Queue, nowhere).DeliverAsync(Messages(1), Stop);
        Assert.NotNull(outcome.Fault);
        Assert.Equal(0, outcome.Settled);
    }

    [Fact]
    public async Task The_queue_is_where_articles_go_when_PostgreSQL_is_the_storage_and_nothing_else_is_said()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        Assert.IsType<PostgresQueueSink>(Assert.Single(queue.Tools.Get<IReadOnlyList<ConfiguredSink>>()).Sink);
    }

    [Fact]
    public void Without_PostgreSQL_as_the_storage_it_is_a_mistake_in_the_settings()
    {
        var error = Assert.Throws<UserErrorException>(() => Toolbox.Create(new Settings(null, Verbose: false, [new("Sinks:PostgresQueue:partner:StartFrom", "now")])));
        Assert.Equal(ExitCodes.Configuration, error.ExitCode);
        Assert.Contains("Sinks:PostgresQueue:partner: the queue is a part of the PostgreSQL database; set Storage:Provider=postgres", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With a first message that is delivered and done, so that there is a queue and groups can begin.</summary>
    private static async Task<QueueDatabase> StartAsync(string[] groups)
    {
        var queue = await QueueDatabase.CreateAsync();
        await queue.FillAsync(1);
        await queue.Tools.Get<IOutboxStore>().RegisterAsync(QueueDatabase.Queue, null, TimeProvider.System.GetUtcNow(), Stop);
        foreach (var group in groups) await queue.AckAsync(group, await queue.ClaimAsync(group, 1));
        return queue;
    }

    private static DeliverOutbox Relay(QueueDatabase queue, IOutboxStore? outbox = null)
    {
        var sink = new ConfiguredSink(new PostgresQueueSink(QueueDatabase.Queue, queue.Source), "", SinkFilter.Everything, null);
        return ActivatorUtilities.CreateInstance<DeliverOutbox>(queue.Tools.Get<IServiceProvider>(), sink, outbox ?? queue.Tools.Get<IOutboxStore>());
    }

    private static OutboxMessage[] Messages(params int[] numbers) => [.. numbers.Select(number => Harness.Messages.Number(number))];

    /// <summary>An outbox whose relay dies once, before it can note what the sink has.</summary>
    private sealed class ForgetfulOutbox(IOutboxStore outbox) : IOutboxStore
    {
        private bool _died;

        public Task<bool> SettleAsync(string sink, string owner, Settlement settlement, CancellationToken stop)
        {
            if (_died) return outbox.SettleAsync(sink, owner, settlement, stop);
            _died = true;
            throw new IOException("the relay died");
        }

        public Task RegisterAsync(string sink, DateTimeOffset? from, DateTimeOffset now, CancellationToken stop) => outbox.RegisterAsync(sink, from, now, stop);
        public Task<SinkPosition?> LeaseAsync(string sink, Lease lease, CancellationToken stop) => outbox.LeaseAsync(sink, lease, stop);
        public Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop) => outbox.ReadAsync(after, most, stop);
        public Task<IReadOnlyList<OutboxMessage>> ReadReplaysAsync(string sink, int most, CancellationToken stop) => outbox.ReadReplaysAsync(sink, most, stop);
        public Task BackOffAsync(string sink, string owner, string error, DateTimeOffset? next, CancellationToken stop) => outbox.BackOffAsync(sink, owner, error, next, stop);
        public Task ReleaseAsync(string sink, string owner, CancellationToken stop) => outbox.ReleaseAsync(sink, owner, stop);
    }
}
