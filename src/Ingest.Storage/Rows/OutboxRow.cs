namespace Ingest.Storage.Rows;

internal sealed class OutboxRow
{
    public long Sequence { get; set; }
    public required string MessageId { get; set; }
    public required string Type { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public long FeedId { get; set; }
    public required string FeedUrl { get; set; }
    public string? Language { get; set; }

    /// <summary>A JSON array.</summary>
    public required string Tags { get; set; }
    public required string Payload { get; set; }
}
