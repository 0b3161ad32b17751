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

    public string Reason => failure.NextAttemptAt is { } next ? string.Create(CultureInfo.InvariantCulture, $"{Kind}; tried again by itself at {next.UtcDateTime:u}") : $"{Kind}; tried again only by hand";

    public bool IsFinal => true;

    public bool IgnoreJobLoadException => false;

    private string Kind => failure.Kind switch
    {
        FailureKind.Transient => "The attempts are used up",
        FailureKind.Permanent => "Trying again would not help",
        _ => "Quarantined",
    };

    // What the page of failed jobs shows: type and message as its title, the details below.
    public Dictionary<string, string> SerializeData() => new(StringComparer.Ordinal)
    {
        ["FailedAt"] = JobHelper.SerializeDateTime(at.UtcDateTime),
        ["ExceptionType"] = failure.Kind.ToString(),
        ["ExceptionMessage"] = failure.Why,
        ["ExceptionDetails"] = failure.Why,
    };
}
