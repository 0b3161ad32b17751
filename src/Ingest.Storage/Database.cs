using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage;

/// <summary>Opens contexts: freely for reading, in a transaction for writing.</summary>
internal abstract class Database(Func<IngestDbContext> open, IsolationLevel isolation)
{
    public abstract Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read, CancellationToken stop);

    /// <summary>Commits when <paramref name="write"/> returns. It may run more than once: what did not commit left nothing behind.</summary>
    public abstract Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop);

    public Task WriteAsync(Func<IngestDbContext, Task> write, CancellationToken stop) =>
        WriteAsync<object?>(async context =>
        {
            await write(context);
            return null;
        }, stop);

    /// <summary>Without a second try: for a start, which must tell at once that there is no database.</summary>
    public async Task<T> ReadOnceAsync<T>(Func<IngestDbContext, Task<T>> read)
    {
        await using var context = open();
        return await read(context);
    }

    protected async Task<T> WriteOnceAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop)
    {
        await using var context = open();
        await using var transaction = await context.Database.BeginTransactionAsync(isolation, stop);
        var result = await write(context);
        await transaction.CommitAsync(stop);
        return result;
    }
}
