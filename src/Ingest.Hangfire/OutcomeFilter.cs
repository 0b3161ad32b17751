using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;

namespace Ingest.Hangfire;

/// <summary>Notes what begins here, keeps the jobs' keys, and says how long they are kept.</summary>
internal sealed class OutcomeFilter(ScheduleOptions options, JobsInHand inHand, Action<string, Exception> tickBroke) : IElectStateFilter, IApplyStateFilter
{
    /// <summary>For looking back.</summary>
    private static readonly TimeSpan KeepDone = TimeSpan.FromDays(1);

    /// <summary>Some dozen rows of each: they come every few seconds.</summary>
    private static readonly TimeSpan KeepTicks = TimeSpan.FromMinutes(5);

    public void OnStateElection(ElectStateContext context)
    {
        // Before anybody can see that it is being processed, and while its last state can still be read.
        if (context.CandidateState is ProcessingState && Dispatcher.Read(context.BackgroundJob.Job) is { } job) inHand.Announce(job, Queues.IsShared(context.Connection.GetStateData(context.BackgroundJob.Id)));
        // The next tick does the same again: a failed one is for the log, not for a person's list.
        else if (IsTick(context.BackgroundJob.Job) && context.CandidateState is FailedState failed)
        {
            tickBroke(context.BackgroundJob.Job.Method.Name, failed.Exception);
            context.CandidateState = new DeletedState { Reason = $"{failed.Exception.GetType().Name}: {failed.Exception.Message}; the next tick tries again" };
        }
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        var state = context.NewState;
        context.JobExpirationTimeout = state.Name == FailedState.StateName ? options.KeepFailedJobs : IsTick(context.BackgroundJob.Job) ? KeepTicks : KeepDone;
        if (Dispatcher.Read(context.BackgroundJob.Job) is not { } job) return;
        if (state is SucceededState or DeletedState) JobKeys.Remove(transaction, job);
        else if (state is GivenUpState) Keep(context, transaction, job, context.JobExpirationTimeout);
        else if (IsNew(context.OldStateName)) JobKeys.Set(transaction, job, context.BackgroundJob.Id);
        else if (context.OldStateName == FailedState.StateName) JobKeys.Persist(transaction, job);
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private static void Keep(ApplyStateContext context, IWriteOnlyTransaction transaction, Pipeline.Ports.Job job, TimeSpan time)
    {
        if (IsNew(context.OldStateName)) JobKeys.Set(transaction, job, context.BackgroundJob.Id);
        JobKeys.Expire(transaction, job, time);
    }

    // A job that was done or deleted and is wanted again has lost its key.
    private static bool IsNew(string? oldState) => oldState is null || oldState == SucceededState.StateName || oldState == DeletedState.StateName;

    private static bool IsTick(Job? job) => job?.Type == typeof(Ticks);
}
