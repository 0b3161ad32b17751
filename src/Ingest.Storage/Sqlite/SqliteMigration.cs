using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Sqlite;

/// <summary>
/// Migrates under a lock that dies with its process. EF Core's own lock for SQLite is a row in a table: a process that is killed while it
/// migrates leaves it behind, and every later start would wait for it without end.
/// </summary>
internal static class SqliteMigration
{
    private const string LockName = "migration.lock";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(DbContext context, StorageOptions options, CancellationToken stop)
    {
        await using var held = await HoldAsync(Path.Combine(options.DataDir, LockName), stop);
        await context.Database.ExecuteSqlRawAsync("""PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS "__EFMigrationsLock";""", stop);
        await context.Database.MigrateAsync(stop);
    }

    private static async Task<FileStream> HoldAsync(string path, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process migrates at this moment.
                await Task.Delay(LookEvery, TimeProvider.System, stop);
            }
        }
    }
}
