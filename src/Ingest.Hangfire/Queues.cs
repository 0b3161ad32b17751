using Hangfire.States;
using Hangfire.Storage;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;

namespace Ingest.Hangfire;

/// <summary>
/// The queues of one worker. What a worker has leased waits in queues of its own: it holds the hosts, too. What comes otherwise, from Hangfire's pages or its
/// schedule, waits in queues that all workers serve. A queue's name may have small letters, digits, _ and -.
/// </summary>
internal sealed record Queues(string Worker)
{
    public const string Upkeep = "upkeep";

    /// <summary>Hangfire's name for "where the job itself says": what its pages and its schedule put a job into.</summary>
    private const string JobsOwn = "default";

    public string Ticks => $"tick-{Worker}";

    public static Queues Of(WorkerIdentity me) => Of(me.Name);

    public static Queues Of(string worker) =>
        new(string.Concat(worker.ToLowerInvariant().Select(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' ? letter : '_')));

    public static string Shared(JobKind kind) => kind is JobKind.RefreshFeed ? "refresh" : "ingest";

    public static bool IsShared(string queue) => queue is JobsOwn || Enum.GetValues<JobKind>().Any(kind => Shared(kind) == queue);

    /// <summary>Whether a job waits in one of everybody's.</summary>
    public static bool IsShared(StateData? state) => state is not null && state.Name == EnqueuedState.StateName && state.Data.TryGetValue("Queue", out var queue) && IsShared(queue);

    public string Own(JobKind kind) => $"{Shared(kind)}-{Worker}";

    /// <summary>The name of a server of this worker; Hangfire adds more to it after a colon.</summary>
    public string Server(string queue) => $"{Worker}.{queue}";

    /// <summary>Whose queue it is; null when it is everybody's.</summary>
    public static string? WorkerOfQueue(string queue) => queue.Split('-', 2) is ["refresh" or "ingest" or "tick", var worker] ? worker : null;

    /// <summary>Whose server has a job in hand.</summary>
    public static string? WorkerOf(StateData processing) => processing.Data.TryGetValue("ServerId", out var server) ? server.Split(':')[0].Split('.')[0] : null;
}
