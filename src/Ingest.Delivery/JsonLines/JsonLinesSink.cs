using System.Text.Json;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Delivery.JsonLines;

/// <summary>
/// Appends each message as one line to a file. After a crash a line that was cut short is taken off, and what the end of the file, or of the one that was put
/// aside last, already holds is not written again: each message stands in the files once as long as nobody else changes their ends.
/// </summary>
public sealed class JsonLinesSink : ISink, IAsyncDisposable
{
    /// <summary>Lines whose ids are remembered: the cursor lags behind the file by one batch at most, and batches are at most this long.</summary>
    private const int Remembered = 10_000;

    private const byte LineFeed = (byte)'\n';

    private readonly string _path;
    private readonly JsonLinesOptions _options;
    private readonly TimeProvider _clock;
    private readonly RotatedFiles _rotated;
    private readonly RotatedFileKeeping _keeping;
    private readonly RecentIds _ids = new(Remembered);
    private readonly Func<FileStream, ReadOnlyMemory<byte>, ValueTask> _write;
    private FileStream? _file;

    /// <summary>When the period began in which the file was last written.</summary>
    private DateTimeOffset _period;

    /// <param name="path">The file; made, with its folder, when the first message comes.</param>
    public JsonLinesSink(string name, string path, JsonLinesOptions options, TimeProvider clock, ILogger<JsonLinesSink> logger)
        // Not cancelled: a batch is written whole, or found to be cut short when the file is opened anew.
        : this(name, path, options, clock, logger, (file, lines) => file.WriteAsync(lines, CancellationToken.None)) { }

    /// <param name="write">How bytes get to the file: a test's disk may be full.</param>
    internal JsonLinesSink(string name, string path, JsonLinesOptions options, TimeProvider clock, ILogger logger, Func<FileStream, ReadOnlyMemory<byte>, ValueTask> write)
    {
        (Name, _path, _options, _clock, _write) = (name, path, options, clock, write);
        _rotated = new RotatedFiles(path);
        _keeping = new RotatedFileKeeping(name, _rotated, options, logger);
    }

    public string Name { get; }

    /// <summary>Ends when everything that was put aside so far is compressed and the oldest deleted, as the options want it.</summary>
    internal Task Keeping => _keeping.Running;

    public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            using var turn = TakeTurn();
            if (_file is not null && !IsAtTheEnd(_file)) Close();
            _file ??= Open();
            var fresh = batch.Where(message => message.IsReplay || !_ids.Contains(message.MessageId)).ToList();
            if (fresh.Count > 0 && IsFull(_file)) Rotate(_file);
            await AppendAsync(_file!, fresh);
            return DeliveryOutcome.Accepted(batch);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What reached the file is found again when it is opened anew.
            Close();
            return DeliveryOutcome.Unavailable($"{_path}: {error.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _keeping.DisposeAsync();
    }

    private async Task AppendAsync(FileStream file, IReadOnlyList<OutboxMessage> messages)
    {
        using var lines = new MemoryStream();
        foreach (var message in messages)
        {
            lines.Write(message.Payload.Span);
            lines.WriteByte(LineFeed);
        }
        _period = PeriodOf(_clock.GetUtcNow());
        await _write(file, lines.GetBuffer().AsMemory(0, (int)lines.Length));
        if (_options.Sync is SyncPolicy.EveryBatch) file.Flush(flushToDisk: true);
        _ids.Add(messages.Select(message => message.MessageId));
    }

    private bool IsFull(FileStream file) => file.Length > 0 && (file.Length >= _options.RotateBytes || PeriodOf(_clock.GetUtcNow()) > _period);

    /// <summary>The same for ever where files are not put aside by time.</summary>
    private DateTimeOffset PeriodOf(DateTimeOffset time) =>
        _options.RotateEvery is { } every ? new DateTimeOffset(time.UtcTicks - time.UtcTicks % every.Ticks, TimeSpan.Zero) : default;

    private void Rotate(FileStream file)
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        _file = null;
        _rotated.PutAside(_options.RotateEvery is null ? _clock.GetUtcNow() : _period);
        _file = OpenFile(_path, FileMode.CreateNew);
        _keeping.Begin();
    }

    /// <summary>
    /// Nobody else writes until it is disposed of. The relay's lease alone is not enough: a worker that was frozen in the middle of a batch goes on where it was, at a
    /// place in the file where the one that took over has written meanwhile. The system takes the lock back from a process that dies.
    /// </summary>
    /// <exception cref="IOException">Another worker has the turn.</exception>
    private FileStream TakeTurn()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        return new FileStream($"{_path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    /// <summary>False when another worker has written to the file, or put it aside, since this one did.</summary>
    private bool IsAtTheEnd(FileStream file) =>
        file.Position == file.Length && new FileInfo(_path) is { Exists: true } there && there.Length == file.Length
        && there.LastWriteTimeUtc == File.GetLastWriteTimeUtc(file.SafeFileHandle);

    private FileStream Open()
    {
        var file = OpenFile(_path, FileMode.OpenOrCreate);
        try
        {
            _period = PeriodOf(File.GetLastWriteTimeUtc(_path));
            var ids = JsonLinesTail.Repair(file, Remembered);
            _ids.Add(IdsBefore(ids.Count));
            _ids.Add(ids);
            _keeping.Begin();
            return file;
        }
        catch (JsonException error)
        {
            file.Dispose();
            throw new IOException($"the end of the file is not ours ({error.Message}); move it away", error);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A crash right after a rotation leaves the repeated batch in the file that was put aside last.</summary>
    private IReadOnlyList<string> IdsBefore(int known)
    {
        if (known >= Remembered || _rotated.List() is not [.., var newest] || !File.Exists(newest)) return [];
        using var file = new FileStream(newest, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return JsonLinesTail.Read(file, Remembered - known, out _);
    }

    // Without a buffer: what could not be written must not be tried again when the file is closed.
    private static FileStream OpenFile(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _ids.Clear();
    }
}
