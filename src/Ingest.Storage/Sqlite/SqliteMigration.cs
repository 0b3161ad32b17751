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
        EnsurePrivate(Path.Combine(options.DataDir, SqliteDatabase.FileName));
        await context.Database.ExecuteSqlRawAsync("""PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS "__EFMigrationsLock";""", stop);
        await context.Database.MigrateAsync(stop);
    }

    /// <summary>
    /// The keys of the pages' sessions are in it: its owner's alone, where the system knows such a thing. What SQLite puts beside it takes after it. A file that
    /// is there is not opened: closing it again would take the locks of SQLite's own connections along.
    /// </summary>
    private static void EnsurePrivate(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!File.Exists(file))
        {
            using var made = new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = Mine });
            return;
        }
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" }.Where(File.Exists)) File.SetUnixFileMode(part, Mine);
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
