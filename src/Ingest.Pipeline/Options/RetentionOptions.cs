using System.ComponentModel.DataAnnotations;

namespace Ingest.Pipeline.Options;

/// <summary>How long what is stored is kept (section <c>Retention</c>). An empty value keeps it for ever.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Fetched pages as they came, from the time of the fetch. Without its page an article cannot be extracted anew. Default 30 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan? RawPages { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Messages in the outbox, from the time they were written, once every sink has them; what a sink or a dead letter still needs stays. Replays reach
    /// back as far. Default 7 d.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "36500.00:00:00")]
    public TimeSpan? Outbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Articles' text and what else their message holds, from the time they were first seen. That there was such an article is never forgotten. Default for ever.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Articles { get; set; }

    /// <summary>
    /// Articles' failures that nothing retries any more, with their attempts, from the time of the last one; the article is then given up, as if it were
    /// discarded. A feed's failure stays as long as the feed fails. Default 90 d.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan? Failures { get; set; } = TimeSpan.FromDays(90);

    /// <summary>What was done by hand, from the time it was done; the progress of a re-run can be asked for as long. Default 365 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Audit { get; set; } = TimeSpan.FromDays(365);
}
