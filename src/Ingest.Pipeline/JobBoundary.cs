using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Where a job's failures end up: in the failure list, with the time of the next attempt. The one place that catches everything.</summary>
public sealed class JobBoundary(
    IFailureStore failures, IOptions<RetryOptions> retry, Metrics metrics, TimeProvider clock, Random random, ILogger<JobBoundary> logger)
{
    /// <summary>Runs a job's work. An exception is our own fault or the database's: it is logged whole and recorded as transient.</summary>
    /// <param name="attempts">Attempts that failed before this one.</param>
    /// <param name="owner">Whose lease it runs under.</param>
    /// <returns>Done or failed; in the second case it is in the failure list.</returns>
    public async Task<JobOutcome> RunAsync(Job job, int attempts, string? owner, Func<CancellationToken, Task<JobFault?>> work, CancellationToken stop)
    {
        JobFault? fault;
        try
        {
            fault = await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The job boundary: whatever goes wrong in one job must end in the failure list, not in the worker's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.JobBroke(logger, job.Kind, job.Target, error);
            fault = new JobFault(FailureKind.Transient, $"{error.GetType().Name}: {error.Message}", Host: null);
        }
        return fault is null ? new JobOutcome.Done() : await RecordAsync(job, attempts + 1, owner, fault, stop);
    }

    private async Task<JobOutcome.Failed> RecordAsync(Job job, int attempts, string? owner, JobFault fault, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var next = job.Kind is JobKind.RefreshFeed
            ? RetryPolicy.NextPoll(fault.Kind, attempts, fault.RetryAfter, retry.Value, now, random)
            : RetryPolicy.NextArticleAttempt(fault.Kind, attempts, fault.RetryAfter, retry.Value, now, random);
        await failures.RecordAsync(new FailureReport(job, fault.Kind, fault.Host, fault.Why, now, next) { LeaseOwner = owner }, stop);
        metrics.Failed(job.Kind, fault.Kind);
        Log.JobFailed(logger, job.Kind, job.Target, fault.Kind, fault.Why);
        return new JobOutcome.Failed(fault.Kind, fault.Why, next);
    }
}

/// <summary>Why a job did not do what it should. <paramref name="Why"/> is one line for a person.</summary>
public sealed record JobFault(FailureKind Kind, string Why, string? Host, TimeSpan? RetryAfter = null);
