using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline;

/// <summary>Recurring: leases the feeds whose due time has come and enqueues their refresh. One table with a due time, never a job for each feed.</summary>
public sealed class DispatchFeeds(IFeedStore feeds, IJobQueue jobs, LeaseHolder leases, HostThrottle hosts, ILogger<DispatchFeeds> logger)
{
    /// <summary>Claims as long as feeds are due, and no more at a time than this worker has room for.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await ClaimAsync(stop)) await jobs.WaitForRoomAsync(JobKind.RefreshFeed, stop);
    }

    /// <summary>True when more may be due.</summary>
    internal async Task<bool> ClaimAsync(CancellationToken stop)
    {
        var room = jobs.RoomFor(JobKind.RefreshFeed);
        if (room == 0) return true;
        var due = await feeds.ClaimDueAsync(room, leases.Take(), stop);
        if (due.Count == 0) return false;
        try
        {
            await hosts.ExpectAsync(due.Select(feed => feed.Host).OfType<string>(), stop);
        }
        finally
        {
            // Also when the database has gone meanwhile: what is claimed and not enqueued would wait for the end of its lease.
            await jobs.EnqueueAsync([.. due.Select(NamedJob.RefreshFeed)], stop);
        }
        Log.Dispatched(logger, due.Count);
        return due.Count >= room;
    }
}
