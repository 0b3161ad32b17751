using System.IO.Compression;
using Microsoft.Extensions.Logging;

namespace Ingest.Delivery.JsonLines;

/// <summary>
/// Compresses and deletes files that were put aside, beside the deliveries. A crash at any moment leaves a file plain, or compressed and whole, or both; the
/// next run ends what was begun.
/// </summary>
internal sealed class RotatedFileKeeping(string sink, RotatedFiles files, JsonLinesOptions options, ILogger logger) : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly CancellationTokenSource _ending = new();

    /// <summary>The run that was begun last.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a run when the one before it has ended.</summary>
    public void Begin()
    {
        if (options.Compress || options.KeepFiles is not null) Running = RunAfterAsync(Running);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await RunAsync(_ending.Token);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk, most often: the next run tries again.
            Log.FilesNotKept(logger, sink, error.Message);
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var all = files.List();
        foreach (var file in all.SkipLast(options.KeepFiles ?? all.Count))
        {
            File.Delete(file);
            File.Delete(file + RotatedFiles.Compressed);
            File.Delete(file + RotatedFiles.Unfinished);
        }
        if (!options.Compress) return;
        foreach (var file in all.TakeLast(options.KeepFiles ?? all.Count).SkipLast(1)) await CompressAsync(file, stop);
    }

    private static async Task CompressAsync(string file, CancellationToken stop)
    {
        if (!File.Exists(file)) return;
        var compressed = file + RotatedFiles.Compressed;
        // It has this name only when it is whole.
        if (!File.Exists(compressed))
        {
            await WriteAsync(file, file + RotatedFiles.Unfinished, stop);
            File.Move(file + RotatedFiles.Unfinished, compressed);
        }
        File.Delete(file);
    }

    private static async Task WriteAsync(string plain, string compressed, CancellationToken stop)
    {
        await using var from = new FileStream(plain, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
        await using var to = new FileStream(compressed, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        await using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) await from.CopyToAsync(gzip, BufferBytes, stop);
        to.Flush(flushToDisk: true);
    }
}
