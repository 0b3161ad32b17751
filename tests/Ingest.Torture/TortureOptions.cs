namespace Ingest.Torture;

/// <summary>How long and how hard. The same seed plans the same faults at the same moments.</summary>
internal sealed record TortureOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>How long the newsroom publishes and faults strike; starting and settling come on top.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>At least so many feeds.</summary>
    public int Feeds { get; init; } = 300;

    public int Workers { get; init; } = 3;

    /// <summary>Articles published a second.</summary>
    public double Rate { get; init; } = 4;

    public double KillsPerMinute { get; init; } = 4;

    /// <summary>Every other kind of fault, a minute.</summary>
    public double FaultsPerMinute { get; init; } = 0.4;

    /// <summary>How long everything may take to become still after the last fault.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>To narrow a fault down, fewer than all.</summary>
    public IReadOnlySet<SinkKind> Sinks { get; init; } = Enum.GetValues<SinkKind>().ToHashSet();

    /// <summary>Where logs are kept afterwards; null: nowhere.</summary>
    public string? KeepIn { get; init; }

    /// <summary>What fits into a build: every kind of fault at least once.</summary>
    public static TortureOptions Short { get; } = new() { Duration = TimeSpan.FromSeconds(40), Workers = 2, KillsPerMinute = 4, Rate = 5 };
}

/// <summary>Where articles are delivered to.</summary>
internal enum SinkKind
{
    PostgresQueue,
    RabbitMq,
    Webhook,
    JsonLines,
}
