using Ingest.Storage.Postgres;
using Ingest.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage;

/// <summary>Brings the database up to date, and takes over what a dead worker left.</summary>
public sealed class Schema
{
    private readonly Database _database;
    private readonly StorageOptions _options;

    internal Schema(Database database, StorageOptions options) => (_database, _options) = (database, options);

    /// <summary>Applies the migrations that are missing, oldest first; returns their names.</summary>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken stop) => _database.ReadOnceAsync<IReadOnlyList<string>>(async context =>
    {
        var pending = (await context.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count == 0) return pending;
        if (_options.Provider is StorageProvider.Postgres) await PostgresMigration.RunAsync(context, stop);
        else await SqliteMigration.RunAsync(context, _options, stop);
        return pending;
    });

    /// <summary>The migrations that the database lacks.</summary>
    public Task<IReadOnlyList<string>> PendingAsync(CancellationToken stop) => _database.ReadOnceAsync<IReadOnlyList<string>>(async context =>
        [.. await context.Database.GetPendingMigrationsAsync(stop)]);

    /// <summary>
    /// Makes everything leased due at once. Only for a worker that knows itself to be the only one (it holds the data folder): what is
    /// leased was left by a process that died. The owners stay named, so that the deaths are counted.
    /// Nobody knows that of PostgreSQL: there the leases run out.
    /// </summary>
    public Task TakeOverAsync(DateTimeOffset now, CancellationToken stop) => _options.Provider is StorageProvider.Postgres ? Task.CompletedTask : _database.WriteAsync(async context =>
    {
        await context.Feeds.Where(row => row.LeaseOwner != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextDueAt, now), stop);
        await context.Articles.Where(row => row.LeaseOwner != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now), stop);
        await context.Deliveries.Where(row => row.LeaseOwner != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, now), stop);
    }, stop);
}
