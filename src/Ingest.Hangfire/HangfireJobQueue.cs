using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using HangfireJob = Hangfire.Common.Job;
using Job = Ingest.Pipeline.Ports.Job;

namespace Ingest.Hangfire;

/// <summary>
/// Hangfire as the job engine. The database knows what is due and who has leased it; a Hangfire job is the reminder of it, and its history for a person. A target
/// that fails again and again is one Hangfire job: while it is not done, <see cref="JobKeys"/> knows it by its target.
/// </summary>
internal sealed class HangfireJobQueue(
    JobStorage storage, IBackgroundJobClient client, Queues mine, OutcomeStates states, JobsInHand inHand, IWorkerRegistry registry) : IJobQueue
{
    /// <summary>A job can be moved by others between the look at it and our move: then it is looked at again.</summary>
    private const int Looks = 3;

    public async Task EnqueueAsync(IReadOnlyCollection<NamedJob> jobs, CancellationToken stop)
    {
        if (jobs.Count == 0) return;
        var living = (await registry.ListAsync(stop)).Where(worker => !worker.Silent).Select(worker => Queues.Of(worker.Name).Worker).ToHashSet(StringComparer.Ordinal);
        using var connection = storage.GetConnection();
        foreach (var job in jobs) Enqueue(job, connection, living);
    }

    public Task NoteFailureAsync(NamedJob job, JobOutcome.Failed failure, CancellationToken stop)
    {
        using var connection = storage.GetConnection();
        var state = states.Of(failure);
        if (JobKeys.Find(connection, job.Job) is not { } id || !client.ChangeState(id, state)) client.Create(Reminder(job), state);
        return Task.CompletedTask;
    }

    public int RoomFor(JobKind kind) => inHand.RoomFor(kind, (int)storage.GetMonitoringApi().EnqueuedCount(mine.Own(kind)));

    public Task WaitForRoomAsync(JobKind kind, CancellationToken stop) => inHand.WaitForRoomAsync(() => RoomFor(kind), stop);

    private void Enqueue(NamedJob job, IStorageConnection connection, HashSet<string> living)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (JobKeys.Find(connection, job.Job) is not { } id || connection.GetStateData(id) is not { } state)
            {
                client.Create(Reminder(job), states.Mine(job.Job));
                return;
            }
            if (IsOnItsWay(job.Job, state, living) || client.ChangeState(id, states.Mine(job.Job), state.Name)) return;
        }
    }

    /// <summary>
    /// Whether the job comes here as it is. Enqueued, it runs somewhere, and whoever takes it moves it to the worker that has the lease; but not in a dead
    /// worker's queue. Where it runs here it may have begun under an older lease, and looks again at its end; where it runs elsewhere it has lost that.
    /// </summary>
    private bool IsOnItsWay(Job job, StateData state, HashSet<string> living) => state.Name switch
    {
        _ when state.Name == EnqueuedState.StateName && state.Data.TryGetValue("Queue", out var queue) =>
            Queues.IsShared(queue) || (Queues.WorkerOfQueue(queue) is { } worker && (worker == mine.Worker || living.Contains(worker))),
        _ when state.Name == ProcessingState.StateName => Queues.WorkerOf(state) == mine.Worker && inHand.Again(job),
        _ => false,
    };

    private static HangfireJob Reminder(NamedJob job) => new(
        typeof(Dispatcher), typeof(Dispatcher).GetMethod(nameof(Dispatcher.Run))!, [job.Job.Kind.ToString(), job.Job.Target, job.Name, null!], Queues.Shared(job.Job.Kind));
}
