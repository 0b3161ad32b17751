using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Ingest.Storage.Postgres;

/// <summary>
/// PostgreSQL through EF Core, for what is not asked every second. Many write at once: a transaction that read what another has changed meanwhile is
/// refused (repeatable read) and runs again.
/// </summary>
internal sealed class PostgresDatabase(PostgresServer server) : Database(Contexts(server), IsolationLevel.RepeatableRead)
{
    /// <summary>Up to here counting takes a few milliseconds.</summary>
    private const long WorthEstimating = 50_000;

    public override Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read, CancellationToken stop) => server.RepeatAsync(() => ReadOnceAsync(read), stop);

    public override Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop) =>
        server.RepeatAsync(() => WriteOnceAsync(write, stop), stop);

    public override bool IsShared => true;

    public override async Task<DateTimeOffset?> ClockAsync(CancellationToken stop) =>
        (await server.RunAsync(new NpgsqlBatchCommand("SELECT clock_timestamp()"), row => row.GetFieldValue<DateTimeOffset>(0), stop)).Single();

    public override Task<T?> WriteAloneAsync<T>(Func<IngestDbContext, Task<T?>> write, CancellationToken stop) where T : default => WriteAsync(async context =>
        await context.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({AdvisoryLocks.Upkeep}) AS \"Value\"").SingleAsync(stop) ? await write(context) : default, stop);

    /// <summary>
    /// PostgreSQL counts row by row, ten million in seconds. What it keeps for its planner (rows a page, from the last vacuum or analyze, times the pages
    /// there are now) is a few per cent off.
    /// </summary>
    public override async Task<RowCount> CountAsync<T>(DbSet<T> table, CancellationToken stop)
    {
        var name = table.EntityType.GetTableName();
        var estimate = await table.GetService<ICurrentDbContext>().Context.Database.SqlQuery<long>($"""
            SELECT CASE WHEN relpages > 0 AND reltuples > 0 THEN (reltuples / relpages * (pg_relation_size(oid) / 8192))::bigint ELSE 0 END AS "Value"
            FROM pg_class WHERE oid = {name}::regclass
            """).SingleAsync(stop);
        return estimate >= WorthEstimating ? new((int)Math.Min(estimate, int.MaxValue), IsEstimate: true) : await base.CountAsync(table, stop);
    }

    private static Func<IngestDbContext> Contexts(PostgresServer server) =>
        new PooledDbContextFactory<PostgresIngestDbContext>(new DbContextOptionsBuilder<PostgresIngestDbContext>().UseNpgsql(server.Source).Options).CreateDbContext;
}
