using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>
/// Recurring: enqueues every article whose next attempt has come, be it a retry, a re-run by hand, or one that was left pending by a
/// crash or a lost lease. The database is the truth; a job is only a reminder.
/// </summary>
public sealed class Reconcile(
    IArticleStore articles, IJobQueue jobs, LeaseHolder leases, IOptions<ScheduleOptions> options, ILogger<Reconcile> logger)
{
    private const int Ahead = 8;

    public async Task RunAsync(CancellationToken stop)
    {
        var due = await articles.ClaimDueAsync(options.Value.Concurrency * Ahead, leases.Take(), stop);
        if (due.Count == 0) return;
        await jobs.EnqueueAsync([.. due.Select(Job.IngestArticle)], stop);
        Log.Reconciled(logger, due.Count);
    }
}
