using Ingest.Pipeline.Ports;

namespace Ingest.Delivery.Webhook;

/// <summary>
/// Posts each message to a receiver, signed. At least once: a message whose answer was lost comes again, with the same id. Out of order, what was taken
/// beyond the first failure is remembered, so that this process does not send it again.
/// </summary>
public sealed class WebhookSink : ISink, IDisposable
{
    private readonly WebhookClient _client;
    private readonly TimeProvider _clock;
    private readonly int _inFlight;
    private readonly bool _ordered;
    private readonly TimeSpan _callTime;

    /// <summary>Taken, but behind one that is not; by sequence, and a replay apart from the first time.</summary>
    private readonly HashSet<(long Sequence, bool IsReplay)> _ahead = [];

    /// <param name="options">Checked: without <see cref="WebhookOptions.Errors"/>.</param>
    /// <param name="callTime">How long the relay lets one call take.</param>
    public WebhookSink(string name, WebhookOptions options, TimeProvider clock, TimeSpan callTime)
    {
        (Name, _clock, _callTime) = (name, clock, callTime);
        (_ordered, _inFlight) = (options.Ordered, options.Ordered ? 1 : options.InFlight);
        _client = new WebhookClient(name, options, clock, callTime * 2 / 3);
    }

    public string Name { get; }

    public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        ForgetBefore(batch[0]);
        var answers = await SendAllAsync(batch, stop);
        var outcome = OutcomeOf(batch, answers);
        if (outcome is { Settled: 0, Fault: null }) stop.ThrowIfCancellationRequested();
        return outcome;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>An answer is null where the message was not sent, or the call ended before its answer.</summary>
    private async Task<WebhookAnswer?[]> SendAllAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        var answers = new WebhookAnswer?[batch.Count];
        var begun = _clock.GetTimestamp();
        var over = false;
        await Parallel.ForAsync(0, batch.Count, new ParallelOptions { MaxDegreeOfParallelism = _inFlight, CancellationToken = CancellationToken.None }, async (i, _) =>
        {
            // A request that this call would cut short is left to the next one.
            if (Volatile.Read(ref over) || stop.IsCancellationRequested || (i > 0 && _clock.GetElapsedTime(begun) + _client.Timeout > _callTime)) return;
            // The first is always sent: it may come out of turn to find out whether the receiver takes anything at all.
            answers[i] = i > 0 && _ahead.Contains(KeyOf(batch[i])) ? new WebhookAnswer.Taken() : await SendAsync(batch[i], stop);
            if (answers[i] is WebhookAnswer.Failed failed && (_ordered || failed.OfReceiver)) Volatile.Write(ref over, true);
        });
        return answers;
    }

    private async Task<WebhookAnswer?> SendAsync(OutboxMessage message, CancellationToken stop)
    {
        try
        {
            return await _client.PostAsync(message, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private DeliveryOutcome OutcomeOf(IReadOnlyList<OutboxMessage> batch, WebhookAnswer?[] answers)
    {
        var settled = 0;
        var refused = new List<Refusal>();
        for (; settled < batch.Count && answers[settled] is WebhookAnswer.Taken or WebhookAnswer.Refused; settled++)
        {
            _ahead.Remove(KeyOf(batch[settled]));
            if (answers[settled] is WebhookAnswer.Refused refusal) refused.Add(new Refusal(batch[settled], refusal.Why));
        }
        for (var i = settled; i < batch.Count; i++)
            if (answers[i] is WebhookAnswer.Taken) _ahead.Add(KeyOf(batch[i]));
        return new DeliveryOutcome(settled, refused, FaultOf(answers));
    }

    /// <summary>Several may fail at once: a wish to be left alone outweighs the others.</summary>
    private static SinkFault? FaultOf(WebhookAnswer?[] answers) => answers.OfType<WebhookAnswer.Failed>().Select(failed => failed.Fault)
        .OrderByDescending(fault => fault.Pause).ThenByDescending(fault => fault.RetryAfter).FirstOrDefault();

    /// <summary>Another worker may have gone on meanwhile: what lies behind the cursor does not come again.</summary>
    private void ForgetBefore(OutboxMessage first)
    {
        if (!first.IsReplay) _ahead.RemoveWhere(key => !key.IsReplay && key.Sequence < first.Sequence);
    }

    private static (long, bool) KeyOf(OutboxMessage message) => (message.Sequence, message.IsReplay);
}
