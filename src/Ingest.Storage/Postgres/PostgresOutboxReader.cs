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

    /// <summary>The lowest number that was found missing, and when; 0: none.</summary>
    private long _missing;
    private long _since;

    /// <summary>Since the start somebody has looked.</summary>
    private bool _looked;

    public async Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop)
    {
        var messages = await SelectAsync(after, most, stop);
        var ready = ReadyOf(after, messages);
        if (ready == 0 && messages.Count > 0 && IsOverdue(after + 1) && await MakeCertainAsync(stop))
        {
            messages = await SelectAsync(after, most, stop);
            ready = ReadyOf(after, messages);
        }
        return ready == messages.Count ? messages : messages[..ready];
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

    /// <summary>How many of the messages come before the first number that may still appear.</summary>
    private int ReadyOf(long after, List<OutboxMessage> messages)
    {
        lock (_gate)
        {
            var (ready, last) = (0, after);
            while (ready < messages.Count && (messages[ready].Sequence == last + 1 || messages[ready].Sequence - 1 <= _certain)) last = messages[ready++].Sequence;
            if (last >= _missing) _missing = 0;
            return ready;
        }
    }

    private bool IsOverdue(long missing)
    {
        lock (_gate)
        {
            // Several sinks at different places: the time of the lowest counts.
            if (_missing == 0 || missing < _missing) (_missing, _since) = (missing, clock.GetTimestamp());
            // How old the first one is nobody knows.
            if (!_looked) return _looked = true;
            return clock.GetElapsedTime(_since) >= Patience;
        }
    }

    /// <summary>False when a writer keeps its lock: then another read will try again, after a while.</summary>
    private async Task<bool> MakeCertainAsync(CancellationToken stop)
    {
        try
        {
            var newest = await NewestAloneAsync(stop);
            lock (_gate) (_certain, _missing) = (Math.Max(_certain, newest), 0);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            lock (_gate) _since = clock.GetTimestamp();
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
