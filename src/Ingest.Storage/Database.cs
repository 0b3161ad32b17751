using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage;

/// <summary>Opens contexts: freely for reading, in a transaction for writing.</summary>
internal abstract class Database(Func<IngestDbContext> open, IsolationLevel isolation)
{
    /// <summary>Whether several workers can share it.</summary>
    public virtual bool IsShared => false;

    /// <summary>What its clock says; null where it is no server and has the machine's.</summary>
    public virtual Task<DateTimeOffset?> ClockAsync(CancellationToken stop) => Task.FromResult<DateTimeOffset?>(null);

    public abstract Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read, CancellationToken stop);

    /// <summary>Commits when <paramref name="write"/> returns. It may run more than once: what did not commit left nothing behind.</summary>
    public abstract Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop);

    public Task WriteAsync(Func<IngestDbContext, Task> write, CancellationToken stop) =>
        WriteAsync<object?>(async context =>
        {
            await write(context);
            return null;
        }, stop);

    /// <summary>The same, for upkeep that one worker at a time is enough for: the default while another has it in hand.</summary>
    public abstract Task<T?> WriteAloneAsync<T>(Func<IngestDbContext, Task<T?>> write, CancellationToken stop);

    /// <summary>How many rows a table has; where counting takes too long, an estimate.</summary>
    public virtual async Task<RowCount> CountAsync<T>(DbSet<T> table, CancellationToken stop) where T : class => new(await table.CountAsync(stop), IsEstimate: false);

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

/// <summary>A number of rows, known or estimated.</summary>
internal readonly record struct RowCount(int Rows, bool IsEstimate);
