namespace Ingest.Storage;

/// <summary>Opens contexts: freely for reading, in a transaction for writing.</summary>
/// <param name="open">A new context.</param>
/// <param name="writers">
/// How many transactions of this process may write at once. SQLite has one writer; waiting here in turn is fairer and faster than its
/// busy polling.
/// </param>
internal sealed class Database(Func<IngestDbContext> open, int writers) : IDisposable
{
    private readonly SemaphoreSlim _writers = new(writers);

    public async Task<T> ReadAsync<T>(Func<IngestDbContext, Task<T>> read)
    {
        await using var context = open();
        return await read(context);
    }

    /// <summary>Commits when <paramref name="write"/> returns.</summary>
    public async Task<T> WriteAsync<T>(Func<IngestDbContext, Task<T>> write, CancellationToken stop)
    {
        await _writers.WaitAsync(stop);
        try
        {
            await using var context = open();
            await using var transaction = await context.Database.BeginTransactionAsync(stop);
            var result = await write(context);
            await transaction.CommitAsync(stop);
            return result;
        }
        finally
        {
            _writers.Release();
        }
    }

    public Task WriteAsync(Func<IngestDbContext, Task> write, CancellationToken stop) =>
        WriteAsync<object?>(async context =>
        {
            await write(context);
            return null;
        }, stop);

    public void Dispose() => _writers.Dispose();
}
