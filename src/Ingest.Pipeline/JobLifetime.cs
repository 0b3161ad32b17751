using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Runs jobs, whichever engine reminds of them, and ends them with the host and before their leases run out; both ways what is in hand goes back.</summary>
public sealed class JobLifetime(RefreshFeed refresh, IngestArticle ingest, IHostApplicationLifetime host, IOptions<ScheduleOptions> options, TimeProvider clock)
{
    /// <summary>The share of its lease that a job may use: the rest is for giving back.</summary>
    private const double Share = 0.9;

    public async Task<JobOutcome> RunAsync(Job job)
    {
        JobOutcome outcome = new JobOutcome.GivenBack();
        await RunAsync(async stop => outcome = job.Kind is JobKind.RefreshFeed ? await refresh.RunAsync(job.FeedId, stop) : await ingest.RunAsync(job.ArticleId, stop));
        return outcome;
    }

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
