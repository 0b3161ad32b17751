using Ingest.Pipeline.Ports;

namespace Ingest.Storage.Rows;

internal sealed class FailureRow
{
    public long Id { get; set; }
    public JobKind Job { get; set; }

    /// <summary>The feed's or the article's id as text; unique with the job.</summary>
    public required string Target { get; set; }
    public long FeedId { get; set; }
    public Guid? ArticleId { get; set; }
    public string? Host { get; set; }
    public FailureKind Kind { get; set; }
    public int? Status { get; set; }
    public required string Error { get; set; }

    /// <summary>Since the last re-run by hand.</summary>
    public int Attempts { get; set; }
    public DateTimeOffset FirstAt { get; set; }
    public DateTimeOffset LastAt { get; set; }
    public DateTimeOffset? NextRetryAt { get; set; }

    /// <summary>The line of the audit that re-ran it last.</summary>
    public long? ActionId { get; set; }
}
