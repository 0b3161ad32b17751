namespace Ingest.Pipeline.Ports;

/// <summary>What the workers tell each other about the hosts they ask. A host is an authority: name and port.</summary>
public interface IHostStore
{
    /// <summary>
    /// Leases hosts, each to one worker at a time, or prolongs the leases; returns those that this worker holds now. Where there is one worker, it holds all.
    /// </summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="gap">Least time between the starts of two requests: whoever takes a host over begins so much later than its former holder may have ended.</param>
    Task<IReadOnlyList<HostLease>> LeaseAsync(IReadOnlyCollection<string> hosts, string worker, DateTimeOffset now, DateTimeOffset until, TimeSpan gap, CancellationToken stop);

    /// <summary>Notes that a host has asked for quiet; an earlier and longer wish stands.</summary>
    Task QuietenAsync(QuietHost host, CancellationToken stop);

    /// <summary>Notes that a host is asked more slowly.</summary>
    Task SlowDownAsync(SlowHost host, CancellationToken stop);

    /// <summary>What is known of a host's robots.txt; null when nobody has asked yet.</summary>
    Task<RobotsCopy?> FindRobotsAsync(string host, CancellationToken stop);

    Task SaveRobotsAsync(string host, RobotsCopy copy, CancellationToken stop);
}

/// <summary>A host that this worker holds. <paramref name="NotBefore"/>: its former holder may have started a request shortly before.</summary>
public sealed record HostLease(string Host, DateTimeOffset? NotBefore, DateTimeOffset? QuietUntil)
{
    /// <summary>Null when it never was slowed down.</summary>
    public SlowHost? Slow { get; init; }
}

/// <summary>A host that wants to be left alone.</summary>
public sealed record QuietHost(string Host, DateTimeOffset Until);

/// <summary>A host's robots.txt as it came at an instant; <paramref name="Body"/> is null when it has none.</summary>
public sealed record RobotsCopy(ReadOnlyMemory<byte>? Body, DateTimeOffset At);
