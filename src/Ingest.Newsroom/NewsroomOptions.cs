namespace Ingest.Newsroom;

/// <summary>What the world is made of. The same seed and options give the same bytes, apart from the base address.</summary>
public sealed record NewsroomOptions
{
    /// <summary>Any number; another seed is another world. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which sites there are. Default ten, each with a design of its own, in four languages.</summary>
    public DesignGroup Designs { get; init; }

    /// <summary>Articles of each site when the server starts. Default 12, which shows every kind of residue.</summary>
    public int ArticlesPerSite { get; init; } = 12;

    /// <summary>TCP port on 127.0.0.1; 0 (the default) takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Waited before each answer, as if the server were far away. Default none.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>When the newest article of every site was published. Default 2026-11-01 12:00 UTC.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
}

/// <summary>The designs of a world.</summary>
public enum DesignGroup
{
    /// <summary><see cref="Ingest.Newsroom.Designs.PageDesigns.Names"/>: the designs that rules may be tuned with.</summary>
    Known,

    /// <summary><see cref="Ingest.Newsroom.Designs.PageDesigns.Practice"/>, each on a site for each language: rules may be tuned with them too.</summary>
    Practice,

    /// <summary><see cref="Ingest.Newsroom.Designs.PageDesigns.Unseen"/>, each on a site for each language: never tune with these.</summary>
    Unseen,
}
