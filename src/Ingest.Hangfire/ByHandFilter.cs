using Hangfire.States;
using Hangfire.Storage;
using Ingest.Pipeline.Ports;
using Microsoft.AspNetCore.Http;

namespace Ingest.Hangfire;

/// <summary>
/// What a person does on Hangfire's pages counts as done on ours: a deleted job is a discarded failure, a requeued one a re-run, and both are in the audit. Only a request changes a job's state
/// by hand; workers and schedules have none.
/// </summary>
internal sealed class ByHandFilter(IHttpContextAccessor requests, IFailureStore failures, IAuditTrail audit, TimeProvider clock) : IApplyStateFilter
{
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (requests.HttpContext is not { } request || Dispatcher.Read(context.BackgroundJob.Job) is not { } job) return;
        var by = new ByHand(request.User.Identity?.Name ?? "", AuditSource.Hangfire, request.Connection.RemoteIpAddress?.ToString());
        // Hangfire's filters wait for nothing; a click may.
        NoteAsync(context.NewState, job, by).GetAwaiter().GetResult();
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private async Task NoteAsync(IState state, Job job, ByHand by)
    {
        var which = new FailureFilter { Job = job.Kind, Target = job.Target };
        if (state is DeletedState) await failures.DiscardAsync(which, by, clock.GetUtcNow(), CancellationToken.None);
        else if (state is EnqueuedState) await audit.RecordAsync(by, "failures rerun", which.InWords(), 1, CancellationToken.None);
    }
}
