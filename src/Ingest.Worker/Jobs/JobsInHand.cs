using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Jobs;

/// <summary>The jobs that this worker has been reminded of and has not ended yet.</summary>
internal sealed class JobsInHand(IOptions<ScheduleOptions> options)
{
    /// <summary>For each slot a job that runs and one that waits: enough to keep all busy until the next claim, which takes milliseconds.</summary>
    private const int ForEachSlot = 2;

    private readonly Lock _gate = new();
    private readonly HashSet<Job> _jobs = [];
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Sets, not counts: a second reminder of the same thing is one job, or ends twice.
    public void Begin(Job job)
    {
        lock (_gate) _jobs.Add(job);
    }

    public void End(Job job)
    {
        lock (_gate)
        {
            if (!_jobs.Remove(job)) return;
            _ended.TrySetResult();
        }
    }

    public int RoomFor(JobKind kind)
    {
        lock (_gate) return Math.Max(0, (options.Value.Concurrency * ForEachSlot) - _jobs.Count(job => job.Kind == kind));
    }

    /// <summary>Waits until half of the slots have nothing waiting behind them.</summary>
    public async Task WaitForRoomAsync(JobKind kind, CancellationToken stop)
    {
        while (true)
        {
            Task ended;
            lock (_gate)
            {
                if (RoomFor(kind) >= Math.Max(1, options.Value.Concurrency / 2)) return;
                if (_ended.Task.IsCompleted) _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                ended = _ended.Task;
            }
            await ended.WaitAsync(stop);
        }
    }
}
