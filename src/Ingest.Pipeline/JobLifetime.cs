using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Runs jobs, whichever engine reminds of them, and ends them with the host and before their leases run out; both ways what is in hand goes back.</summary>
public sealed class JobLifetime(
    RefreshFeed refresh, IngestArticle ingest, IFeedStore feeds, IArticleStore articles, LeaseHolder leases, IHostApplicationLifetime host,
    IOptions<ScheduleOptions> options, TimeProvider clock)
{
    /// <summary>The share of its lease that a job may use: the rest is for giving back.</summary>
    private const double Share = 0.9;

    /// <param name="isAskedFor">
    /// A person wants it done, or nobody else had room for it: the target is leased for it, due or not. A reminder of what this worker has leased already does
    /// nothing once that is given up.
    /// </param>
    public async Task<JobOutcome> RunAsync(Job job, bool isAskedFor = false)
    {
        JobOutcome outcome = new JobOutcome.GivenBack();
        await RunAsync(async stop =>
        {
            if (isAskedFor) await ClaimAsync(job, stop);
            outcome = job.Kind is JobKind.RefreshFeed ? await refresh.RunAsync(job.FeedId, stop) : await ingest.RunAsync(job.ArticleId, stop);
        });
        return outcome;
    }

    private Task<bool> ClaimAsync(Job job, CancellationToken stop) =>
        job.Kind is JobKind.RefreshFeed ? feeds.ClaimAsync(job.FeedId, leases.Take(), stop) : articles.ClaimAsync(job.ArticleId, leases.Take(), stop);

    /// <summary>Whether this worker has the job's target leased: after a run, since it began.</summary>
    public async Task<bool> IsHeldAsync(Job job, CancellationToken stop) => leases.IsMine(
        job.Kind is JobKind.RefreshFeed ? (await feeds.FindAsync(job.FeedId, stop))?.LeaseOwner : (await articles.FindPendingAsync(job.ArticleId, stop))?.LeaseOwner);

    public async Task RunAsync(Func<CancellationToken, Task> work)
    {
        using var deadline = new CancellationTokenSource(options.Value.Lease * Share, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, host.ApplicationStopping);
        try
        {
            await work(both.Token);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // Given back by the job itself.
        }
    }
}
