using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Postgres;

/// <summary>
/// Migrates under an advisory lock, which the server takes back from a process that dies. EF Core's own lock is on the table of applied migrations, which an
/// empty database does not have yet: of two workers that start at once, one would fail.
/// </summary>
internal static class PostgresMigration
{
    public static async Task RunAsync(DbContext context, CancellationToken stop)
    {
        await context.Database.OpenConnectionAsync(stop);
        try
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({AdvisoryLocks.Migration})", stop);
            await context.Database.MigrateAsync(stop);
        }
        finally
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({AdvisoryLocks.Migration})", CancellationToken.None);
            await context.Database.CloseConnectionAsync();
        }
    }
}
