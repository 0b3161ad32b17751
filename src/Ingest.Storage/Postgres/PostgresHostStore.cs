using Ingest.Pipeline.Ports;
using Ingest.Storage.Stores;
using Npgsql;

namespace Ingest.Storage.Postgres;

internal sealed class PostgresHostStore(PostgresServer server, Database database) : HostStore(database)
{
    // In the order of their names: two workers that ask for the same hosts wait for each other and never both. Nothing but the key is indexed that a lease
    // changes, so a lease rewrites its row in place.
    private const string Lease = """
        INSERT INTO hosts AS known (host, lease_owner, lease_until)
        SELECT host, $2, $4 FROM unnest($1::text[]) AS asked (host) ORDER BY host COLLATE "C"
        ON CONFLICT (host) DO UPDATE SET lease_owner = $2, lease_until = $4,
            not_before = CASE WHEN known.lease_owner = $2 THEN known.not_before ELSE known.lease_until + $5 END
        WHERE known.lease_owner IS NULL OR known.lease_owner = $2 OR known.lease_until <= $3
        RETURNING host, not_before, quiet_until, slowed_by, slowed_at
        """;

    public override async Task<IReadOnlyList<HostLease>> LeaseAsync(
        IReadOnlyCollection<string> hosts, string worker, DateTimeOffset now, DateTimeOffset until, TimeSpan gap, CancellationToken stop)
    {
        var lease = new NpgsqlBatchCommand(Lease).With(hosts.ToArray()).With(worker).With(now).With(until).With(gap);
        return await server.RunAsync(lease, LeaseOf, stop);
    }

    private static HostLease LeaseOf(NpgsqlDataReader row) => new(row.GetString(0), row.Instant(1), row.Instant(2))
    {
        Slow = row.Instant(4) is { } at ? new SlowHost(row.GetString(0), TimeSpan.FromMilliseconds(row.GetInt64(3)), at) : null,
    };
}
