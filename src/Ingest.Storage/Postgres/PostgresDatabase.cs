using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ingest.Storage.Postgres;

/// <summary>
/// PostgreSQL through EF Core, for what is not asked every second. Many write at once: a transaction that read what another has changed meanwhile is
/// refused (repeatable read) and runs again.
/// </summary>
internal sealed class PostgresDatabase(PostgresServer server) : Database(Contexts(server), IsolationLevel.RepeatableRead)
{
    public override Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read, CancellationToken stop) => server.RepeatAsync(() => ReadOnceAsync(read), stop);

    public override Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop) =>
        server.RepeatAsync(() => WriteOnceAsync(write, stop), stop);

    private static Func<IngestDbContext> Contexts(PostgresServer server) =>
        new PooledDbContextFactory<PostgresIngestDbContext>(new DbContextOptionsBuilder<PostgresIngestDbContext>().UseNpgsql(server.Source).Options).CreateDbContext;
}
