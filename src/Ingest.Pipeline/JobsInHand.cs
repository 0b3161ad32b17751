using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>The jobs that this worker has been reminded of and has not ended yet; where the engine itself knows what waits, those that run.</summary>
public sealed class JobsInHand(IOptions<ScheduleOptions> options, TimeProvider clock)
{
    /// <summary>For each slot a job that runs and one that waits: enough to keep all busy until the next claim, which takes milliseconds.</summary>
    private const int ForEachSlot = 2;

    /// <summary>How soon room is noticed that came without the end of a job: what waited in the engine was taken away there.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Job, bool> _jobs = [];
    private readonly Dictionary<Job, bool> _announced = [];
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A job is about to begin here. It has not looked at its target yet, and so is no old one.</summary>
    /// <param name="isAskedFor">Nobody has leased its target for it: see <see cref="JobLifetime"/>.</param>
    public void Announce(Job job, bool isAskedFor)
    {
        lock (_gate) _announced[job] = isAskedFor;
    }

    // By job, not counted: a second reminder of the same thing is one job, or ends twice.
    /// <summary>Returns what was announced.</summary>
    public bool Begin(Job job)
    {
        lock (_gate)
        {
            _jobs[job] = false;
            return _announced.Remove(job, out var isAskedFor) && isAskedFor;
        }
    }

    /// <summary>Notes that a job which is in hand may be wanted once more; false when it is neither in hand nor about to be.</summary>
    public bool Again(Job job)
    {
        lock (_gate)
        {
            if (_announced.ContainsKey(job)) return true;
            if (!_jobs.ContainsKey(job)) return false;
            _jobs[job] = true;
            return true;
        }
    }

    /// <summary>True when it may be wanted once more.</summary>
    public bool End(Job job)
    {
        lock (_gate)
        {
            if (!_jobs.Remove(job, out var again)) return false;
            _ended.TrySetResult();
            return again;
        }
    }

    /// <param name="waiting">Those that wait in the engine, if they are not in hand yet.</param>
    public int RoomFor(JobKind kind, int waiting = 0)
    {
        lock (_gate) return Math.Max(0, (options.Value.Concurrency * ForEachSlot) - waiting - _jobs.Keys.Count(job => job.Kind == kind));
    }

    /// <summary>Waits until half of the slots have nothing waiting behind them.</summary>
    public async Task WaitForRoomAsync(Func<int> room, CancellationToken stop)
    {
        while (true)
        {
            Task ended;
            lock (_gate)
            {
                if (_ended.Task.IsCompleted) _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                ended = _ended.Task;
            }
            if (room() >= Math.Max(1, options.Value.Concurrency / 2)) return;
            await Task.WhenAny(ended, Task.Delay(LookEvery, clock, stop));
            stop.ThrowIfCancellationRequested();
        }
    }
}
