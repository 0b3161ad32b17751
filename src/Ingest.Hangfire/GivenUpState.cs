using System.Globalization;
using Hangfire.Common;
using Hangfire.States;
using Ingest.Pipeline.Ports;

namespace Ingest.Hangfire;

/// <summary>
/// Failed, and nothing more happens at once by itself. Hangfire's own <see cref="FailedState"/> wants an exception, prints where it was thrown, and never expires;
/// this one says in a line what a person needs, and is final, so that the job expires.
/// </summary>
internal sealed class GivenUpState(JobOutcome.Failed failure, DateTimeOffset at) : IState
{
    public string Name => FailedState.StateName;

    public string Reason => $"{failure.Why}. {Prospect}";

    public bool IsFinal => true;

    public bool IgnoreJobLoadException => false;

    private string Prospect => (failure.Kind, failure.NextAttemptAt) switch
    {
        (_, { } next) => string.Create(CultureInfo.InvariantCulture, $"Tried again by itself at {next.UtcDateTime:u}."),
        (FailureKind.Transient, _) => "The attempts are used up; tried again only by hand.",
        (FailureKind.Permanent, _) => "Another attempt would not help; tried again only by hand.",
        _ => "Quarantined; tried again only by hand.",
    };

    // What a job's page shows: a title, a line, and details.
    public Dictionary<string, string> SerializeData() => new(StringComparer.Ordinal)
    {
        ["FailedAt"] = JobHelper.SerializeDateTime(at.UtcDateTime),
        ["ExceptionType"] = failure.Kind.ToString(),
        ["ExceptionMessage"] = failure.Why,
        ["ExceptionDetails"] = Prospect,
    };
}
