using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Recurring: takes away what has been kept for as long as <see cref="RetentionOptions"/> say.</summary>
public sealed class Retain(IRetentionStore store, IOptions<RetentionOptions> options, TimeProvider clock)
{
    /// <summary>How often there is something to take away: each run then has an hour's worth.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Rows in one transaction: some ten milliseconds, so that nobody waits for it.</summary>
    private const int Batch = 1_000;

    // Where the last run ended: emptied articles stay in their table, and would be walked through again every hour.
    private Guid? _texts;

    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (now - options.Value.RawPages is { } pages)
            await ToTheEndAsync<Guid>(null, after => store.DropPagesAsync(after, pages, Batch, stop));
        if (now - options.Value.Outbox is { } messages)
            await ToTheEndAsync<long>(null, after => store.DropMessagesAsync(after, messages, Batch, stop));
        if (now - options.Value.Articles is { } texts)
            _texts = await ToTheEndAsync(_texts, after => store.DropTextsAsync(after, texts, Batch, stop));
        if (now - options.Value.Failures is { } failures)
            await ToTheEndAsync<long>(null, after => store.DropFailuresAsync(after, failures, Batch, stop));
        if (now - options.Value.Audit is { } audit)
            await ToTheEndAsync<long>(null, after => store.DropAuditAsync(after, audit, Batch, stop));
    }

    private static async Task<T?> ToTheEndAsync<T>(T? after, Func<T?, Task<T?>> drop) where T : struct
    {
        while (await drop(after) is { } next) after = next;
        return after;
    }
}
