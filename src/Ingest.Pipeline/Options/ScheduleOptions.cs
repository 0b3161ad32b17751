using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>When feeds are polled and how much runs at once (section <c>Schedule</c>).</summary>
public sealed class ScheduleOptions
{
    public const string Section = "Schedule";

    /// <summary>
    /// Which job engine runs: <c>quartz</c>, in every build and with every database, or <c>hangfire</c>, with its dashboard at /hangfire, in a build with it and
    /// with PostgreSQL. Default <c>quartz</c>.
    /// </summary>
    public JobEngine Engine { get; set; }

    /// <summary>
    /// How eagerly feeds are polled: a poll is due when the entries that are likely to have come since the last one have waited so long all together. Default 5 min:
    /// with one entry an hour a poll every 24 min, with one a week every 5 h. A quarter of it halves the waiting and doubles the requests.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan WaitingPerPoll { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest time between polls of a feed, however busy it is. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time between polls of a feed that has fallen silent, or keeps failing. Default 30 d.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often due feeds and due articles are looked for; with Hangfire in whole seconds. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a feed or an article is held before another worker may take it. A refresh that takes longer is stopped, and what it
    /// has not ingested goes back. Default 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "06:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Jobs run at once by this worker; with Hangfire so many of each kind. Default 8: they mostly wait for the network.</summary>
    [Range(1, 512)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Articles ingested at once within one refresh. Default 4.</summary>
    [Range(1, 64)]
    public int ArticlesPerRefresh { get; set; } = 4;

    /// <summary>
    /// A whole document is asked for, without validators, when the last came longer ago than this: some feeds keep their ETag after
    /// changing. Default 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan TrustValidatorsFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long Hangfire keeps a failed job and its history; the failure list has a time of its own. Default 30 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepFailedJobs { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>The job engines there are.</summary>
public enum JobEngine
{
    Quartz,
    Hangfire,
}
