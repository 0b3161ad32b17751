using Ingest.Storage.Postgres;
using Ingest.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage;

/// <summary>Brings the database up to date.</summary>
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
}
