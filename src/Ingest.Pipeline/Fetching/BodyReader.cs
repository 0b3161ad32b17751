using System.Buffers;
using Ingest.Pipeline.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>Reads a body within its limits: bytes as they travel, bytes unpacked, the ratio of the two, and a least pace.</summary>
internal sealed class BodyReader(FetchingOptions options, TimeProvider clock)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>The ratio counts from here: a smaller body does no harm, and a short one of blanks is packed as well as any bomb.</summary>
    private const int RatioFrom = 1024 * 1024;

    /// <summary>Whatever is shown as a page of a refusal is no longer than this, and not waited for longer: nothing depends on it, and a host's turn does.</summary>
    private const int RefusalBytes = 64 * 1024;
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(1);

    private readonly long _pace = (long)(options.MinBytesPerSecond * options.SlowBodyTime.TotalSeconds);
    private readonly TimeSpan _patience = options.MinBytesPerSecond > 0 ? options.SlowBodyTime : Timeout.InfiniteTimeSpan;

    /// <summary>Null when the body came whole, or as far as <paramref name="cutAt"/>; it is the recorder's.</summary>
    public async Task<FetchOutcome.Failed?> ReadAsync(HttpContent content, FetchRecorder recorder, int? cutAt, CancellationToken stop)
    {
        if (cutAt is null && content.Headers.ContentLength > options.MaxDownloadBytes)
            return new(FetchFault.TooLarge, $"{content.Headers.ContentLength} bytes are announced, more than {options.MaxDownloadBytes} (Fetching:MaxDownloadBytes)");
        var header = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? values.ToString() : null;
        if (ContentCodings.Of(header) is not { } coding)
            return new(FetchFault.BadEncoding, $"packed as '{header}'; {ContentCodings.Accepted} were asked for, one at a time");
        using var slow = new CancellationTokenSource(_patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, stop);
        try
        {
            await using var wire = new WireStream(await content.ReadAsStreamAsync(both.Token), options.MaxDownloadBytes, Counter(recorder, slow));
            await using var body = await coding.OpenAsync(wire, both.Token);
            return await CopyAsync(body, recorder, cutAt, both.Token);
        }
        catch (LongBodyException)
        {
            return new(FetchFault.TooLarge, $"more than {options.MaxDownloadBytes} bytes were sent (Fetching:MaxDownloadBytes)");
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new(FetchFault.TooSlow, $"fewer than {_pace} bytes in {Deadlines.Seconds(options.SlowBodyTime)} (Fetching:MinBytesPerSecond)");
        }
    }

    /// <summary>What a refusal says of itself, for a person to read. The status stands, whatever becomes of its body.</summary>
    public async Task ReadRefusalAsync(HttpContent content, FetchRecorder recorder, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(RefusalTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await ReadAsync(content, recorder, RefusalBytes, both.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException or InvalidDataException)
        {
        }
    }

    /// <summary>Each time that as much has come as the slowest allowed brings in the time for it, that time begins anew.</summary>
    private Action<int> Counter(FetchRecorder recorder, CancellationTokenSource slow)
    {
        var since = 0L;
        return read =>
        {
            recorder.WireBytes += read;
            if ((since += read) < _pace) return;
            since = 0;
            slow.CancelAfter(_patience);
        };
    }

    private async Task<FetchOutcome.Failed?> CopyAsync(Stream from, FetchRecorder recorder, int? cutAt, CancellationToken stop)
    {
        var (body, buffer) = (recorder.Body, ArrayPool<byte>.Shared.Rent(BufferBytes));
        try
        {
            while (await from.ReadAsync(buffer, stop) is > 0 and var read)
            {
                if (body.Length + read >= cutAt)
                {
                    body.Write(buffer, 0, (int)(cutAt.Value - body.Length));
                    return null;
                }
                if (body.Length + read > options.MaxBodyBytes)
                    return new(FetchFault.TooLarge, $"the body is larger than {options.MaxBodyBytes} bytes (Fetching:MaxBodyBytes)");
                body.Write(buffer, 0, read);
                if (body.Length >= RatioFrom && body.Length > recorder.WireBytes * options.MaxCompressionRatio)
                    return new(FetchFault.Bomb, $"{recorder.WireBytes} bytes unpack to more than {options.MaxCompressionRatio} times as many (Fetching:MaxCompressionRatio)");
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
