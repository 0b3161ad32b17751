using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Recurring: leases the feeds whose due time has come and enqueues their refresh. One table with a due time, never a job for each feed.</summary>
public sealed class DispatchFeeds(
    IFeedStore feeds, IJobQueue jobs, LeaseHolder leases, IOptions<ScheduleOptions> options, ILogger<DispatchFeeds> logger)
{
    /// <summary>Refreshes enqueued ahead of the running ones: enough to keep every slot busy until the next tick.</summary>
    private const int Ahead = 4;

    public async Task RunAsync(CancellationToken stop)
    {
        var due = await feeds.ClaimDueAsync(options.Value.Concurrency * Ahead, leases.Take(), stop);
        if (due.Count == 0) return;
        await jobs.EnqueueAsync([.. due.Select(Job.RefreshFeed)], stop);
        Log.Dispatched(logger, due.Count);
    }
}
