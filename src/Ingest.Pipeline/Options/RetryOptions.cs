using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>How transient failures are tried again (section <c>Retry</c>).</summary>
public sealed class RetryOptions
{
    public const string Section = "Retry";

    /// <summary>Wait after the first failure; each further one waits four times as long. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "30.00:00:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Attempts on an article before it stays in the failure list until a re-run by hand. Feeds are tried for ever. Default 6.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 6;
}
