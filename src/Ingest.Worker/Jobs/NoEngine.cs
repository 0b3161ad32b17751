using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Jobs;

/// <summary>What a single command has instead of a job engine: what it leaves to be done is due in the database, and a worker finds it there.</summary>
internal sealed class NoEngine : IJobQueue
{
    public Task EnqueueAsync(IReadOnlyCollection<NamedJob> jobs, CancellationToken stop) => Task.CompletedTask;

    public Task NoteFailureAsync(NamedJob job, JobOutcome.Failed failure, CancellationToken stop) => Task.CompletedTask;

    public int RoomFor(JobKind kind) => 0;

    public Task WaitForRoomAsync(JobKind kind, CancellationToken stop) => Task.CompletedTask;
}
