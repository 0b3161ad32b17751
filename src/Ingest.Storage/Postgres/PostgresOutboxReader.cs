using Ingest.Pipeline.Ports;
using Ingest.Storage.Stores;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>
/// Messages get their numbers when they are inserted and appear when they are committed, in any order: a number that is missing may still come. So a
/// read ends before the first missing number. One that stays missing belongs to a transaction that was rolled back, to the server's crash or to
/// retention; to know, the reader takes alone, for a moment, the lock that every writer shares from before it draws its number until its end. Then
/// nobody is writing, and what is missing is dead.
/// </summary>
internal sealed class PostgresOutboxReader(PostgresServer server, TimeProvider clock) : IOutboxReader
{
    /// <summary>How long a number may be missing before the writers are stopped to look. A transaction takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();

    /// <summary>Numbers up to here are here or dead.</summary>
    private long _certain;

    /// <summary>The numbers that held up a reader since somebody looked last, and since when: sinks are at different places.</summary>
    private readonly Dictionary<long, long> _missing = [];

    /// <summary>Since the start somebody has looked.</summary>
    private bool _looked;

    public async Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop)
    {
        var (messages, ready) = await ReadyAsync(after, most, stop);
        if (ready == 0 && messages.Count > 0 && IsOverdue(after + 1) && await MakeCertainAsync(after + 1, stop)) (messages, ready) = await ReadyAsync(after, most, stop);
        return ready == messages.Count ? messages : messages[..ready];
    }

    /// <summary>The messages that are there, and how many of them come before the first number that may still appear.</summary>
    private async Task<(List<OutboxMessage> Messages, int Ready)> ReadyAsync(long after, int most, CancellationToken stop)
    {
        // Before the messages: what became certain after they were read, says nothing about them.
        var certain = Interlocked.Read(ref _certain);
        var messages = await SelectAsync(after, most, stop);
        var (ready, last) = (0, after);
        while (ready < messages.Count && (messages[ready].Sequence == last + 1 || messages[ready].Sequence - 1 <= certain)) last = messages[ready++].Sequence;
        return (messages, ready);
    }

    private async Task<List<OutboxMessage>> SelectAsync(long after, int most, CancellationToken stop)
    {
        var select = new NpgsqlBatchCommand("""
            SELECT sequence, message_id, type, created_at, feed_id, feed_url, language, tags, payload FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2
            """).With(after).With((long)most);
        return await server.RunAsync(select, MessageOf, stop);
    }

    private static OutboxMessage MessageOf(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
        new MessageLabels(row.GetInt64(4), new Uri(row.GetString(5)), row.Text(6), OutboxReader.TagsOf(row.GetString(7))), row.GetFieldValue<byte[]>(8));

    private bool IsOverdue(long missing)
    {
        lock (_gate)
        {
            _missing.TryAdd(missing, clock.GetTimestamp());
            // How old the first one is nobody knows.
            if (!_looked) return _looked = true;
            return clock.GetElapsedTime(_missing[missing]) >= Patience;
        }
    }

    /// <summary>False when a writer keeps its lock: then another read will try again, after a while.</summary>
    private async Task<bool> MakeCertainAsync(long missing, CancellationToken stop)
    {
        try
        {
            var newest = await NewestAloneAsync(stop);
            lock (_gate)
            {
                _certain = Math.Max(_certain, newest);
                _missing.Clear();
            }
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            lock (_gate) _missing[missing] = clock.GetTimestamp();
            return false;
        }
    }

    private async Task<long> NewestAloneAsync(CancellationToken stop)
    {
        await using var connection = await server.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Who waits for a lock alone makes all wait that come to share it: not for long.
        await using var held = new NpgsqlCommand("SELECT set_config('lock_timeout', '200ms', true), pg_advisory_xact_lock($1)", connection, transaction);
        held.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.Outbox });
        await held.ExecuteNonQueryAsync(stop);
        // A statement of its own: what it sees is what there is after the lock was granted.
        await using var newest = new NpgsqlCommand("SELECT coalesce(max(sequence), 0) FROM outbox", connection, transaction);
        return (long)(await newest.ExecuteScalarAsync(stop))!;
    }
}
