using System.Threading.Channels;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>
/// The relay of one sink: reads the outbox after the sink's cursor, delivers in order, moves the cursor. At least once: after a crash
/// between the two, the batch comes again with the same message ids.
/// </summary>
public sealed class DeliverOutbox(
    ISink sink, IOutboxStore outbox, LeaseHolder leases, OutboxSignal signal, IOptions<DeliveryOptions> options, IOptions<RetryOptions> retry,
    Metrics metrics, TimeProvider clock, Random random, ILogger<DeliverOutbox> logger)
{
    private readonly ChannelReader<bool> _news = signal.Listen();

    /// <summary>Relays until shutdown, then gives the lease up.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var owner = leases.Take(options.Value.Lease).Owner;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!await DeliverGuardedAsync(owner, stop)) await WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Shutdown: the lease goes back below.
        }
        finally
        {
            await outbox.ReleaseAsync(sink.Name, owner, CancellationToken.None);
        }
    }

    private async Task<bool> DeliverGuardedAsync(string owner, CancellationToken stop)
    {
        try
        {
            return await DeliverBatchAsync(owner, stop);
        }
#pragma warning disable CA1031 // The relay's own job boundary: a database that is away must not end it.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.RelayBroke(logger, sink.Name, error);
            return false;
        }
    }

    /// <summary>True when there may be more to deliver at once.</summary>
    internal async Task<bool> DeliverBatchAsync(string owner, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await outbox.LeaseAsync(sink.Name, new Lease(owner, now, now + options.Value.Lease), stop) is not { } cursor) return false;
        var batch = await outbox.ReadAsync(cursor.Position, options.Value.BatchSize, stop);
        if (batch.Count == 0) return false;
        switch (await sink.DeliverAsync(batch, stop))
        {
            case DeliveryOutcome.Accepted:
                // Not cancelled by shutdown: what the sink has must be noted, or it would come again.
                await outbox.AdvanceAsync(sink.Name, batch[^1].Sequence, batch.Count, clock.GetUtcNow(), CancellationToken.None);
                metrics.Delivered(sink.Name, batch.Count);
                Log.Delivered(logger, batch.Count, sink.Name);
                return true;
            case DeliveryOutcome.Unavailable unavailable:
                var next = clock.GetUtcNow() + RetryPolicy.Delay(cursor.Attempts + 1, null, retry.Value, random);
                await outbox.BackOffAsync(sink.Name, unavailable.Why, next, stop);
                Log.SinkUnavailable(logger, sink.Name, unavailable.Why, next);
                return false;
            default:
                throw new InvalidOperationException("a new kind of outcome");
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        var news = _news.WaitToReadAsync(stop).AsTask();
        await Task.WhenAny(news, Task.Delay(options.Value.PollInterval, clock, stop));
        stop.ThrowIfCancellationRequested();
        _news.TryRead(out _);
    }
}
