using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline;

/// <summary>
/// Recurring: enqueues every article whose next attempt has come, be it a retry, a re-run by hand, or one that was left pending by a
/// crash or a lost lease. The database is the truth; a job is only a reminder.
/// </summary>
public sealed class Reconcile(IArticleStore articles, IJobQueue jobs, LeaseHolder leases, ILogger<Reconcile> logger)
{
    /// <summary>Claims as long as articles are due, and no more at a time than this worker has room for.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await ClaimAsync(stop)) await jobs.WaitForRoomAsync(JobKind.IngestArticle, stop);
    }

    /// <summary>True when more may be due.</summary>
    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        var room = jobs.RoomFor(JobKind.IngestArticle);
        if (room == 0) return true;
        var due = await articles.ClaimDueAsync(room, leases.Take(), stop);
        if (due.Count == 0) return false;
        await jobs.EnqueueAsync([.. due.Select(NamedJob.IngestArticle)], stop);
        Log.Reconciled(logger, due.Count);
        return due.Count >= room;
    }
}
