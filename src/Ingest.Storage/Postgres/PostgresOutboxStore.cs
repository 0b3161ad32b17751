using Ingest.Pipeline.Ports;
using Ingest.Storage.Stores;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>What a relay asks for at every batch, in one statement each; what it asks for seldom is as everywhere.</summary>
internal sealed class PostgresOutboxStore(PostgresServer server, IOutboxReader reader, OutboxStore shared) : IOutboxStore
{
    public Task RegisterAsync(string sink, DateTimeOffset? from, DateTimeOffset now, CancellationToken stop) => shared.RegisterAsync(sink, from, now, stop);

    public async Task<SinkPosition?> LeaseAsync(string sink, Lease lease, CancellationToken stop)
    {
        // Held with a quarter gone at most: nothing to write. Otherwise the lease is taken or prolonged, if it may be.
        var look = new NpgsqlBatchCommand("""
            SELECT cursor, frontier, attempts, (SELECT coalesce(max(sequence), 0) FROM outbox) FROM deliveries
            WHERE sink = $1 AND NOT paused AND (next_attempt_at IS NULL OR next_attempt_at <= $2) AND lease_owner = $3 AND lease_until > $4
            """).With(sink).With(lease.Now).With(lease.Owner).With(lease.Now + ((lease.Until - lease.Now) * 0.75));
        if ((await server.RunAsync(look, PositionOf, stop)).SingleOrDefault() is { } held) return held;
        var take = new NpgsqlBatchCommand("""
            UPDATE deliveries SET lease_owner = $3, lease_until = $4
            WHERE sink = $1 AND NOT paused AND (next_attempt_at IS NULL OR next_attempt_at <= $2) AND (lease_owner IS NULL OR lease_owner = $3 OR lease_until <= $2)
            RETURNING cursor, frontier, attempts, (SELECT coalesce(max(sequence), 0) FROM outbox)
            """).With(sink).With(lease.Now).With(lease.Owner).With(lease.Until);
        return (await server.RunAsync(take, PositionOf, stop)).SingleOrDefault();
    }

    private static SinkPosition PositionOf(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3));

    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop) => reader.ReadAsync(after, most, stop);

    public async Task<IReadOnlyList<OutboxMessage>> ReadReplaysAsync(string sink, int most, CancellationToken stop)
    {
        // Nearly always none: only then is the longer way worth going.
        var look = new NpgsqlBatchCommand("SELECT 1 FROM dead_letters WHERE sink = $1 AND replaying LIMIT 1").With(sink);
        return await server.RunAsync(look, row => row.GetInt32(0), stop) is [] ? [] : await shared.ReadReplaysAsync(sink, most, stop);
    }

    public async Task<bool> SettleAsync(string sink, string owner, Settlement settlement, CancellationToken stop)
    {
        if (settlement.Refused.Count > 0) return await shared.SettleAsync(sink, owner, settlement, stop);
        var settle = new NpgsqlBatchCommand("""
            WITH moved AS (
                UPDATE deliveries SET cursor = $3, frontier = greatest(frontier, $3), delivered = delivered + cardinality($4), attempts = 0, last_error = NULL, next_attempt_at = NULL,
                       last_delivered_at = CASE WHEN cardinality($4) > 0 THEN $5 ELSE last_delivered_at END
                WHERE sink = $1 AND lease_owner = $2
                RETURNING sink),
            replayed AS (DELETE FROM dead_letters AS letter USING moved WHERE letter.sink = moved.sink AND letter.replaying AND letter.sequence = ANY ($4))
            SELECT 1 FROM moved
            """).With(sink).With(owner).With(settlement.Cursor).With(settlement.Delivered.ToArray()).With(settlement.At);
        return await server.RunAsync(settle, row => row.GetInt32(0), stop) is [_];
    }

    public Task BackOffAsync(string sink, string owner, string error, DateTimeOffset? nextAttemptAt, CancellationToken stop) => shared.BackOffAsync(sink, owner, error, nextAttemptAt, stop);

    public Task ReleaseAsync(string sink, string owner, CancellationToken stop) => shared.ReleaseAsync(sink, owner, stop);
}
