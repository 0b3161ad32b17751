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
    ConfiguredSink configured, IOutboxStore outbox, LeaseHolder leases, OutboxSignal signal, IOptions<DeliveryOptions> options,
    Metrics metrics, TimeProvider clock, Random random, ILogger<DeliverOutbox> logger)
{
    /// <summary>
    /// Messages gather for as long before a batch goes out that is not full. Without a pause a relay beside a busy worker sends them in twos and threes, and each
    /// batch costs as much as its articles did.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(0.1);

    private readonly ISink _sink = configured.Sink;
    private readonly ChannelReader<bool> _news = signal.Listen();

    /// <summary>The last batch was as large as it may be: there is a backlog.</summary>
    private bool _full;

    /// <summary>Relays until shutdown, then gives the lease up.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var owner = leases.Take(options.Value.Lease).Owner;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!await DeliverGuardedAsync(owner, stop)) await WaitAsync(stop);
                else if (!_full) await Task.Delay(Gather, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Shutdown: the lease goes back below.
        }
        finally
        {
            await outbox.ReleaseAsync(_sink.Name, owner, CancellationToken.None);
        }
    }

    private async Task<bool> DeliverGuardedAsync(string owner, CancellationToken stop)
    {
        try
        {
            return await DeliverNextAsync(owner, stop);
        }
#pragma warning disable CA1031 // The relay's own job boundary: a database that is away must not end it.
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RelayBroke(logger, _sink.Name, error);
            return false;
        }
    }

    /// <summary>Delivers the next batch. True when there may be more to deliver at once.</summary>
    internal async Task<bool> DeliverNextAsync(string owner, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await outbox.LeaseAsync(_sink.Name, new Lease(owner, now, now + options.Value.Lease), stop) is not { } position) return false;
        // An open circuit is tried with a single message.
        var most = position.Attempts >= options.Value.BreakAfter ? 1 : options.Value.BatchSize;
        var replays = await outbox.ReadReplaysAsync(_sink.Name, most, stop);
        if (replays.Count > 0) return await DeliverAsync(owner, position, replays, position.Cursor, stop);
        var batch = await outbox.ReadAsync(position.Cursor, most, stop);
        _full = batch.Count == most;
        metrics.Lag(_sink.Name, position.Newest - position.Cursor, batch.Count > 0 ? now - batch[0].CreatedAt : TimeSpan.Zero);
        if (batch.Count == 0) return false;
        var wanted = batch.Where(configured.Filter.Wants).Select(message => message with { IsReplay = message.Sequence <= position.Frontier }).ToList();
        return await DeliverAsync(owner, position, wanted, batch[^1].Sequence, stop);
    }

    /// <param name="end">Where the cursor goes when all are settled.</param>
    private async Task<bool> DeliverAsync(string owner, SinkPosition position, IReadOnlyList<OutboxMessage> wanted, long end, CancellationToken stop)
    {
        var outcome = wanted.Count == 0 ? DeliveryOutcome.Accepted(wanted) : await SendAsync(wanted, stop);
        if (outcome.Settled == wanted.Count) return await SettleAsync(owner, end, wanted, outcome.Refused);
        if (outcome.Settled > 0)
        {
            var reached = wanted.Take(outcome.Settled).ToList();
            var kept = await SettleAsync(owner, Math.Max(position.Cursor, Math.Min(end, reached[^1].Sequence)), reached, outcome.Refused);
            if (outcome.Fault is null || !kept) return kept;
            position = position with { Attempts = 0 };
        }
        var fault = outcome.Fault ?? new SinkFault("it took nothing in the time of one call");
        if (position.Attempts >= options.Value.MaxAttempts && !fault.Pause && await PassOverAsync(owner, position, wanted[0], fault, stop)) return true;
        await BackOffAsync(owner, position.Attempts + 1, fault, stop);
        return false;
    }

    private async Task<DeliveryOutcome> SendAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.Value.CallTime(), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await _sink.DeliverAsync(messages, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return DeliveryOutcome.Unavailable($"no answer within {options.Value.CallTime()}");
        }
    }

    private async Task<bool> SettleAsync(string owner, long cursor, IReadOnlyList<OutboxMessage> settled, IReadOnlyList<Refusal> refused)
    {
        var delivered = settled.Select(message => message.Sequence).Except(refused.Select(refusal => refusal.Message.Sequence)).ToList();
        // Not cancelled by shutdown: what the sink has must be noted, or it would come again.
        if (!await outbox.SettleAsync(_sink.Name, owner, new Settlement(cursor, delivered, refused, clock.GetUtcNow()), CancellationToken.None)) return false;
        metrics.Delivered(_sink.Name, delivered.Count);
        Log.Delivered(logger, delivered.Count, _sink.Name);
        foreach (var refusal in refused) Log.Refused(logger, _sink.Name, refusal.Message.MessageId, refusal.Why);
        return true;
    }

    /// <summary>
    /// Tries the message after the one that fails and fails: true when the sink took it, and so the fault was the message's. A dead letter that was
    /// sent again goes back where it came from.
    /// </summary>
    private async Task<bool> PassOverAsync(string owner, SinkPosition position, OutboxMessage failing, SinkFault fault, CancellationToken stop)
    {
        if (failing.Sequence <= position.Cursor) return await SettleAsync(owner, position.Cursor, [failing], [new Refusal(failing, fault.Why)]);
        var next = (await outbox.ReadAsync(failing.Sequence, options.Value.BatchSize, stop)).FirstOrDefault(configured.Filter.Wants);
        if (next is null || await SendAsync([next], stop) is not { Fault: null } outcome) return false;
        return await SettleAsync(owner, next.Sequence, [failing, next], [new Refusal(failing, fault.Why), .. outcome.Refused]);
    }

    private async Task BackOffAsync(string owner, int attempts, SinkFault fault, CancellationToken stop)
    {
        DateTimeOffset? next = fault.Pause
            ? null
            : clock.GetUtcNow() + RetryPolicy.Doubling(attempts, fault.RetryAfter, options.Value.BaseDelay, options.Value.MaxDelay, random);
        await outbox.BackOffAsync(_sink.Name, owner, fault.Why, next, stop);
        if (next is { } at) Log.SinkUnavailable(logger, _sink.Name, fault.Why, at);
        else Log.SinkPaused(logger, _sink.Name, fault.Why);
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        var news = _news.WaitToReadAsync(stop).AsTask();
        await Task.WhenAny(news, Task.Delay(options.Value.PollInterval, clock, stop));
        stop.ThrowIfCancellationRequested();
        _news.TryRead(out _);
    }
}
