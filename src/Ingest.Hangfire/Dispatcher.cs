using Hangfire;
using Hangfire.States;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using HangfireJob = Hangfire.Common.Job;
using Job = Ingest.Pipeline.Ports.Job;

namespace Ingest.Hangfire;

/// <summary>
/// The one method behind all reminders, so that renaming what they lead to strands none that is stored. Its result is the state that the job goes to instead of
/// Succeeded; null: it has succeeded. See <see cref="OutcomeFilter"/>.
/// </summary>
public sealed class Dispatcher
{
    private readonly JobLifetime _lifetime;
    private readonly JobsInHand _inHand;
    private readonly OutcomeStates _states;

    internal Dispatcher(JobLifetime lifetime, JobsInHand inHand, OutcomeStates states) => (_lifetime, _inHand, _states) = (lifetime, inHand, states);

    /// <param name="kind">A <see cref="JobKind"/>.</param>
    /// <param name="target">A feed's or an article's id.</param>
    /// <param name="name">What Hangfire's pages call the job.</param>
    [JobDisplayName("{2}")]
    public async Task<IState?> RunAsync(string kind, string target, string name)
    {
        var job = new Job(Enum.Parse<JobKind>(kind), target);
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
