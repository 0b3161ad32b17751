namespace Ingest.Pipeline.Ports;

/// <summary>The workers that share the database. What they hold is leased in their names, and a worker that falls silent loses it to the others.</summary>
public interface IWorkerRegistry
{
    /// <summary>A worker's first sign of life. Where only one worker can be, it takes over from whoever was there before it.</summary>
    Task<Pulse> EnterAsync(CancellationToken stop);

    /// <summary>
    /// A sign of life, and a look at the others': those that have given none for <see cref="WorkerLife.SilentAfter"/> are struck off, and what they held is due at once.
    /// </summary>
    Task<Pulse> BeatAsync(CancellationToken stop);

    /// <summary>Gives everything back that this worker holds, and strikes it off.</summary>
    Task LeaveAsync(CancellationToken stop);

    /// <summary>In the order of their starts.</summary>
    Task<IReadOnlyList<WorkerSummary>> ListAsync(CancellationToken stop);
}

/// <summary>How long a worker may be silent.</summary>
public static class WorkerLife
{
    /// <summary>Between two signs of life.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Three beats. With the next look of the others, five seconds later, and their next tick, a dead worker's feeds run elsewhere within 25 s.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);
}

/// <summary>What a worker hears when it gives a sign of life.</summary>
/// <param name="Workers">How many there are, itself included.</param>
/// <param name="Dead">Those that it has struck off.</param>
/// <param name="Quiet">Hosts that have asked for quiet, and until when.</param>
public sealed record Pulse(int Workers, IReadOnlyList<string> Dead, IReadOnlyList<QuietHost> Quiet)
{
    /// <summary>Hosts that are asked more slowly.</summary>
    public IReadOnlyList<SlowHost> Slow { get; init; } = [];
}

/// <summary>A worker as it is listed.</summary>
/// <param name="Silent">It has given no sign of life for too long, and nobody has struck it off yet.</param>
public sealed record WorkerSummary(string Name, string Host, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Silent);
