using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ingest.Storage.Sqlite;

/// <summary>The SQLite file in the data folder.</summary>
internal static class SqliteFile
{
    public const string Name = "ingest.db";

    /// <summary>One writer at a time is SQLite's own rule.</summary>
    private const int Writers = 1;

    /// <summary>How long another process (the command line beside the worker) may hold the file. In seconds.</summary>
    private const int BusySeconds = 30;

    public static Database Open(StorageOptions options)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataDir, Name), DefaultTimeout = BusySeconds };
        var builder = new DbContextOptionsBuilder<SqliteIngestDbContext>()
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(new Pragmas());
        var contexts = new PooledDbContextFactory<SqliteIngestDbContext>(builder.Options);
        return new Database(contexts.CreateDbContext, Writers);
    }
}
