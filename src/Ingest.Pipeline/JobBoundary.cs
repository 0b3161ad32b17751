using System.Diagnostics;
using Ingest.Core.Web;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>Where a job's failures end up: in the failure list, with the time of the next attempt. The one place that catches everything.</summary>
public sealed class JobBoundary(
    IFailureStore failures, WorkerIdentity me, IOptions<RetryOptions> retry, IOptions<ScheduleOptions> schedule, Metrics metrics, TimeProvider clock, Random random, ILogger<JobBoundary> logger)
{
    /// <summary>Runs a job's work. An exception is our own fault or the database's: it is logged whole and recorded as transient.</summary>
    /// <param name="attempts">Attempts that failed before this one.</param>
    /// <param name="owner">Whose lease it runs under.</param>
    /// <returns>Done or failed; in the second case it is in the failure list.</returns>
    public async Task<JobOutcome> RunAsync(Job job, int attempts, string? owner, Func<CancellationToken, Task<JobFault?>> work, CancellationToken stop)
    {
        // A name for the attempt in logs and traces, where the job engine has given none; what a job does within another's is of the same trace.
        using var trace = Activity.Current is null ? new Activity(job.Kind.ToString()).Start() : null;
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
        var next = fault.Retires ? null : job.Kind is JobKind.RefreshFeed
            ? RetryPolicy.NextPoll(fault.Kind, attempts, fault.RetryAfter, retry.Value, schedule.Value.MaxInterval, now, random)
            : RetryPolicy.NextArticleAttempt(fault.Kind, attempts, fault.RetryAfter, retry.Value, now, random);
        await failures.RecordAsync(fault.Report(job, now, next) with { LeaseOwner = owner, Worker = me.Name, TraceId = Activity.Current?.TraceId.ToHexString() }, stop);
        metrics.Failed(job.Kind, fault.Kind);
        Log.JobFailed(logger, job.Kind, job.Target, fault.Kind, fault.Why);
        return new JobOutcome.Failed(fault.Kind, fault.Why, next);
    }
}

/// <summary>Why a job did not do what it should. <paramref name="Why"/> is one line for a person.</summary>
public sealed record JobFault(FailureKind Kind, string Why, string? Host, TimeSpan? RetryAfter = null)
{
    /// <summary>Reason phrases, content types and messages are a stranger's, and as long as he likes.</summary>
    private const int LongestWhy = 500;

    /// <summary>What is gone (410) is not asked again by itself: it stays in the failure list until a person asks.</summary>
    public bool Retires { get; private init; }

    private int? Status { get; init; }
    private IReadOnlyList<FetchVisit> Visits { get; init; } = [];
    private ReceivedPage? Page { get; init; }

    /// <summary>A fetch brought nothing usable.</summary>
    public static JobFault Of(FetchOutcome.Failed failed, string host) =>
        new(failed.Kind, failed.Why, host, failed.RetryAfter) { Retires = failed.Fault is FetchFault.Gone, Status = failed.Status, Visits = failed.Visits, Page = failed.Page };

    /// <summary>A fetch brought something that its reader can make nothing of.</summary>
    public static JobFault Of(FetchOutcome.Fetched page, string why, string host) =>
        new(FailureKind.Permanent, why, host) { Visits = page.Visits, Page = FetchRecorder.Kept(page) };

    /// <summary>What stands before the page that was asked for, for a person; null when it is that page.</summary>
    internal static string? Before(FetchOutcome.Fetched page, Uri asked) => Interstitial.Of(page.Body.Span, page.Headers.ContentType, asked, page.FinalUrl) switch
    {
        { Kind: InterstitialKind.Consent } => $"a page that wants consent stands before it: {page.FinalUrl.GetLeftPart(UriPartial.Path)}",
        { Target: var target } => $"the page only sends on, by a meta refresh, to {target}",
        null => null,
    };

    internal FailureReport Report(Job job, DateTimeOffset at, DateTimeOffset? next) => new(job, Kind, Host, OneLine(Why), at, next) { Status = Status, Visits = Visits, Page = Page };

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Take(LongestWhy).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length < text.Length ? line + "…" : line;
    }
}
