using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ingest.Storage.Sqlite;

/// <summary>The SQLite file in the data folder. It has one writer at a time; waiting here in turn is fairer and faster than its busy polling.</summary>
internal sealed class SqliteDatabase(StorageOptions options) : Database(Contexts(options), IsolationLevel.Unspecified), IDisposable
{
    public const string FileName = "ingest.db";

    /// <summary>How long another process (the command line beside the worker) may hold the file. In seconds.</summary>
    private const int BusySeconds = 30;

    private readonly SemaphoreSlim _writer = new(1);

    public override Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read, CancellationToken stop) => ReadOnceAsync(read);

    public override async Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop)
    {
        await _writer.WaitAsync(stop);
        try
        {
            return await WriteOnceAsync(write, stop);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>The data folder has one worker.</summary>
    public override Task<T?> WriteAloneAsync<T>(Func<IngestDbContext, Task<T?>> write, CancellationToken stop) where T : default => WriteAsync(write, stop);

    public void Dispose() => _writer.Dispose();

    private static Func<IngestDbContext> Contexts(StorageOptions options)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataDir, FileName), DefaultTimeout = BusySeconds };
        var builder = new DbContextOptionsBuilder<SqliteIngestDbContext>()
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(new Pragmas());
        return new PooledDbContextFactory<SqliteIngestDbContext>(builder.Options).CreateDbContext;
    }
}
