using Hangfire.States;
using Ingest.Pipeline.Ports;

namespace Ingest.Hangfire;

/// <summary>What became of a job, in Hangfire's states.</summary>
internal sealed class OutcomeStates(Queues mine, IWorkerRegistry registry, TimeProvider clock)
{
    /// <summary>
    /// So much later than the database Hangfire reminds of a retry: as a rule the worker that claims it has moved it to its own queue by then, and one reminder
    /// comes, not two. When no worker has had room, Hangfire's is the next best.
    /// </summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(15);

    /// <summary>Null: done.</summary>
    public async Task<IState?> OfAsync(Job job, JobOutcome outcome, CancellationToken stop) => outcome switch
    {
        JobOutcome.Failed failed => Of(failed),
        JobOutcome.Deferred deferred => Scheduled(deferred.Until, "Another worker has the host; it waits for its turn"),
        JobOutcome.GivenBack => new EnqueuedState(Queues.Shared(job.Kind)) { Reason = "Given back: the worker stops, or its time for the job was up" },
        JobOutcome.HeldBy held when await LivesAsync(held.Worker, stop) => new EnqueuedState(Queues.Of(held.Worker).Own(job.Kind)) { Reason = $"Worker {held.Worker} has leased it" },
        JobOutcome.HeldBy held => Scheduled(clock.GetUtcNow(), $"Worker {held.Worker} had leased it, and is silent"),
        _ => null,
    };

    /// <summary>A transient failure waits, with the pipeline's own delay; any other is failed at once.</summary>
    public IState Of(JobOutcome.Failed failed) => failed is { Kind: FailureKind.Transient, NextAttemptAt: { } next } ? Scheduled(next, failed.Why) : new GivenUpState(failed, clock.GetUtcNow());

    public EnqueuedState Mine(Job job) => new(mine.Own(job.Kind)) { Reason = "It is due, and leased by this worker" };

    private ScheduledState Scheduled(DateTimeOffset at, string why)
    {
        var wait = at - clock.GetUtcNow();
        return new ScheduledState((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + Behind) { Reason = why };
    }

    private async Task<bool> LivesAsync(string worker, CancellationToken stop) => (await registry.ListAsync(stop)).Any(one => one.Name == worker && !one.Silent);
}
