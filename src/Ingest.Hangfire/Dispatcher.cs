using Hangfire;
using Hangfire.Server;
using Hangfire.States;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using HangfireJob = Hangfire.Common.Job;
using Job = Ingest.Pipeline.Ports.Job;

namespace Ingest.Hangfire;

/// <summary>
/// The one method behind all reminders, so that renaming what they lead to strands none that is stored. What has not succeeded it moves to its state itself:
/// electing another one than Hangfire's would leave a success in the job's history, and an exception a stack trace.
/// </summary>
public sealed class Dispatcher
{
    private readonly JobLifetime _lifetime;
    private readonly JobsInHand _inHand;
    private readonly OutcomeStates _states;
    private readonly IBackgroundJobClient _client;

    internal Dispatcher(JobLifetime lifetime, JobsInHand inHand, OutcomeStates states, IBackgroundJobClient client) =>
        (_lifetime, _inHand, _states, _client) = (lifetime, inHand, states, client);

    /// <param name="kind">A <see cref="JobKind"/>.</param>
    /// <param name="target">A feed's or an article's id.</param>
    /// <param name="name">What Hangfire's pages call the job.</param>
    /// <param name="context">Hangfire's own; null where the job is enqueued.</param>
    [JobDisplayName("{2}")]
    // Not async: Hangfire has a thread for each job and keeps it waiting anyway, and its storage blocks. On the pool's threads fifty jobs that end at once would
    // wait for each other.
    public void Run(string kind, string target, string name, PerformContext? context)
    {
        if (StateAfterAsync(new Job(Enum.Parse<JobKind>(kind), target)).GetAwaiter().GetResult() is not { } state) return;
        _client.ChangeState(context!.BackgroundJob.Id, state, ProcessingState.StateName);
        // Hangfire's word for "its state is no more of your business".
        throw new JobAbortedException();
    }

    /// <summary>Null: it has succeeded.</summary>
    private async Task<IState?> StateAfterAsync(Job job)
    {
        var again = false;
        JobOutcome outcome;
        var isAskedFor = _inHand.Begin(job);
        try
        {
            outcome = await _lifetime.RunAsync(job, isAskedFor);
        }
        finally
        {
            again = _inHand.End(job);
        }
        return again && await _lifetime.IsHeldAsync(job, CancellationToken.None) ? _states.Mine(job) : await _states.OfAsync(job, outcome, CancellationToken.None);
    }

    /// <summary>Null for other jobs than reminders.</summary>
    internal static Job? Read(HangfireJob? reminder) => reminder?.Type == typeof(Dispatcher) ? new Job(Enum.Parse<JobKind>((string)reminder.Args[0]), (string)reminder.Args[1]) : null;
}
