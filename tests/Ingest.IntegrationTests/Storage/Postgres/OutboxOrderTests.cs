using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Ingest.Torture.Servers;
using Npgsql;

namespace Ingest.IntegrationTests.Storage.Postgres;

/// <summary>Numbers are drawn in one order and committed in another; a reader must pass over none.</summary>
public sealed class OutboxOrderTests
{
    private const string Insert = """
        INSERT INTO outbox (message_id, type, created_at, feed_id, feed_url, tags, payload)
        VALUES (gen_random_uuid(), 't', now(), 1, 'https://example.org/', '[]', '{}') RETURNING sequence
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_in_flight_is_waited_for_however_long_it_takes()
    {
        await using var tools = await PostgresTools.OpenAsync();
        var clock = new HandClock();
        var reader = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), clock);
        await WriteAsync(tools);
        Assert.Equal([1L], await ReadAsync(reader, 0));
        await using var slow = await Writer.BeginAsync(tools);
        Assert.Equal(3, await WriteAsync(tools));
        for (var look = 0; look < 2; look++)
        {
            Assert.Empty(await ReadAsync(reader, 1));
            clock.Forward(TimeSpan.FromMinutes(1));
        }
        await slow.CommitAsync();
        Assert.Equal([2L, 3L], await ReadAsync(reader, 1));
    }

    [Fact]
    public async Task A_number_that_was_rolled_back_is_passed_over_after_a_while()
    {
        await using var tools = await PostgresTools.OpenAsync();
        var clock = new HandClock();
        var reader = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), clock);
        await WriteAsync(tools);
        await using (await Writer.BeginAsync(tools)) { }
        await WriteAsync(tools);
        // The first gap after a start is looked into at once: nobody knows how old it is.
        Assert.Equal([1L], await ReadAsync(reader, 0));
        Assert.Equal([3L], await ReadAsync(reader, 1));
        await using (await Writer.BeginAsync(tools)) { }
        await WriteAsync(tools);
        Assert.Empty(await ReadAsync(reader, 3));
        clock.Forward(TimeSpan.FromSeconds(0.4));
        Assert.Empty(await ReadAsync(reader, 3));
        clock.Forward(TimeSpan.FromSeconds(0.2));
        Assert.Equal([5L], await ReadAsync(reader, 3));
    }

    [Fact]
    public async Task Sinks_that_are_held_up_at_different_places_do_not_hold_up_each_other()
    {
        await using var tools = await PostgresTools.OpenAsync();
        var clock = new HandClock();
        var reader = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), clock);
        await WriteAsync(tools);
        await using (await Writer.BeginAsync(tools)) { }
        await WriteAsync(tools);
        Assert.Equal([3L], await ReadAsync(reader, 1));
        for (var gap = 0; gap < 2; gap++)
        {
            await using (await Writer.BeginAsync(tools)) { }
            await WriteAsync(tools);
        }
        Assert.Empty(await ReadAsync(reader, 3));
        clock.Forward(TimeSpan.FromSeconds(0.3));
        Assert.Empty(await ReadAsync(reader, 5));
        Assert.Empty(await ReadAsync(reader, 3));
        clock.Forward(TimeSpan.FromSeconds(0.3));
        Assert.Empty(await ReadAsync(reader, 5));
        Assert.Equal([5L, 7L], await ReadAsync(reader, 3));
        Assert.Equal([7L], await ReadAsync(reader, 5));
    }

    [Fact]
    public async Task Whatever_is_committed_in_whatever_order_is_read_once_and_in_order()
    {
        await using var tools = await PostgresTools.OpenAsync();
        var clock = new HandClock();
        var reader = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), clock);
        var committed = new System.Collections.Concurrent.ConcurrentBag<long>();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => WriteAtRandomAsync(tools, new Random(seed), committed), Stop)));
        // Two sinks at a time, which ask one reader.
        var sinks = await Task.WhenAll(Enumerable.Range(1, 2).Select(most => Task.Run(async () =>
        {
            var read = new List<long>();
            while (!writing.IsCompleted || read.Count < committed.Count)
            {
                read.AddRange(await ReadAsync(reader, read.LastOrDefault(), most * 5));
                clock.Forward(TimeSpan.FromMilliseconds(20));
            }
            return read;
        }, Stop)));
        await writing;
        foreach (var read in sinks) Assert.Equal(committed.Order(), read);
    }

    [Fact]
    public async Task Numbers_that_a_crash_of_the_server_swallowed_hold_nothing_up()
    {
        await Harness.Servers.PostgresServer.ConnectionStringAsync();
        await using var server = await PrivateServers.PostgresAsync(Stop);
        await using var tools = await PostgresTools.OnAsync(server.Connection);
        var reader = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), new HandClock());
        await WriteAsync(tools);
        Assert.Equal([1L], await ReadAsync(reader, 0));
        await server.StopAsync("QUIT");
        await server.StartAsync(Stop);
        var next = await tools.Services.Get<PostgresServer>().RepeatAsync(() => WriteAsync(tools), Stop);
        Assert.True(next > 2, "the server goes on where it was: the test tests nothing");
        var clock = new HandClock();
        var later = new PostgresOutboxReader(tools.Services.Get<PostgresServer>(), clock);
        Assert.Equal([next], await ReadAsync(later, 1));
    }

    [Fact]
    public async Task An_article_draws_its_number_under_the_lock()
    {
        await using var tools = await PostgresTools.OpenAsync();
        var article = StoreContract.Article("https://example.org/1");
        var feed = (await tools.Services.Get<ICatalog>().AddFeedAsync(new Uri("https://example.org/feed"), null, StoreContract.Now, Stop)).Feed.Id;
        await tools.Services.Get<IFeedStore>().SavePollAsync(StoreContract.Poll(feed), [article], Stop);
        await using var alone = await tools.Services.Get<PostgresServer>().Source.OpenConnectionAsync(Stop);
        await PostgresTools.ScalarAsync<object?>(alone, $"SELECT pg_advisory_lock({AdvisoryLocks.Outbox})");
        var saving = tools.Services.Get<IArticleStore>().SaveIngestedAsync(StoreContract.Ingested(article.Id, "a:1"), Stop);
        await Harness.Wait.UntilAsync(() => tools.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"), "the writer waits for the lock");
        Assert.False(await tools.ScalarAsync<bool>("SELECT is_called FROM outbox_sequence_seq"));
        await PostgresTools.ScalarAsync<object?>(alone, $"SELECT pg_advisory_unlock({AdvisoryLocks.Outbox})");
        Assert.True(await saving);
        Assert.True(await tools.ScalarAsync<bool>("SELECT is_called FROM outbox_sequence_seq"));
    }

    private static async Task WriteAtRandomAsync(PostgresTools tools, Random random, System.Collections.Concurrent.ConcurrentBag<long> committed)
    {
        for (var i = 0; i < 40; i++)
        {
            await using var writer = await Writer.BeginAsync(tools);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(4)), TimeProvider.System, Stop);
            if (random.Next(5) == 0) continue;
            // Noted first: the reader must not stop before it.
            committed.Add(writer.Sequence);
            await writer.CommitAsync();
        }
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(PostgresOutboxReader reader, long after, int most = 100) => [.. (await reader.ReadAsync(after, most, Stop)).Select(message => message.Sequence)];

    private static async Task<long> WriteAsync(PostgresTools tools)
    {
        await using var writer = await Writer.BeginAsync(tools);
        await writer.CommitAsync();
        return writer.Sequence;
    }

    /// <summary>A transaction that has drawn a number; rolled back unless committed.</summary>
    private sealed class Writer(NpgsqlConnection connection, NpgsqlTransaction transaction, long sequence) : IAsyncDisposable
    {
        public long Sequence => sequence;

        public static async Task<Writer> BeginAsync(PostgresTools tools)
        {
            var connection = await tools.Services.Get<PostgresServer>().Source.OpenConnectionAsync(Stop);
            var transaction = await connection.BeginTransactionAsync(Stop);
            await PostgresTools.ScalarAsync<object?>(connection, $"SELECT pg_advisory_xact_lock_shared({AdvisoryLocks.Outbox})");
            return new Writer(connection, transaction, await PostgresTools.ScalarAsync<long>(connection, Insert));
        }

        public Task CommitAsync() => transaction.CommitAsync(Stop);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    /// <summary>Goes forward when it is told to.</summary>
    private sealed class HandClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Forward(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
