using System.Text.Json;
using Ingest.Pipeline.Ports;

namespace Ingest.Delivery.JsonLines;

/// <summary>
/// Appends each message as one line to a file. After a crash a line that was cut short is taken off, and what the end of the file
/// already holds is not written again: each message stands in the file once as long as nobody else changes its end.
/// </summary>
public sealed class JsonLinesSink : ISink, IDisposable
{
    /// <summary>Lines whose ids are remembered: the cursor lags behind the file by one batch at most, and batches are at most this long.</summary>
    private const int Remembered = 10_000;

    private const byte LineFeed = (byte)'\n';

    private readonly string _path;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private FileStream? _file;

    /// <param name="path">The file; made, with its folder, when the first message comes.</param>
    public JsonLinesSink(string name, string path) => (Name, _path) = (name, path);

    public string Name { get; }

    public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        try
        {
            _file ??= Open();
            await AppendAsync(_file, batch, stop);
            return DeliveryOutcome.Accepted(batch);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What reached the file is found again when it is opened anew.
            Close();
            return DeliveryOutcome.Unavailable($"{_path}: {error.Message}");
        }
    }

    public void Dispose() => Close();

    private async Task AppendAsync(FileStream file, IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var lines = new MemoryStream();
        var fresh = batch.Where(message => message.IsReplay || !_ids.Contains(message.MessageId)).ToList();
        foreach (var message in fresh)
        {
            lines.Write(message.Payload.Span);
            lines.WriteByte(LineFeed);
        }
        // From here on not cancelled: a batch is written whole or found to be cut short at the next start.
        await file.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), CancellationToken.None);
        file.Flush(flushToDisk: true);
        foreach (var message in fresh) Remember(message.MessageId);
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            foreach (var id in JsonLinesTail.Repair(file, Remembered)) Remember(id);
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

    private void Remember(string id)
    {
        if (!_ids.Add(id)) return;
        _order.Enqueue(id);
        if (_order.Count > Remembered) _ids.Remove(_order.Dequeue());
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _ids.Clear();
        _order.Clear();
    }
}
