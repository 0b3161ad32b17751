namespace Ingest.Storage.Rows;

internal sealed class RawPageRow
{
    public Guid ArticleId { get; set; }
    public required string Url { get; set; }
    public string? ContentType { get; set; }
    public DateTimeOffset FetchedAt { get; set; }
    public int Length { get; set; }

    /// <summary>The body, compressed with Brotli.</summary>
    public required byte[] Body { get; set; }
}

internal sealed class OutboxRow
{
    public long Sequence { get; set; }
    public required string MessageId { get; set; }
    public required string Type { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string Payload { get; set; }
}

/// <summary>One sink's place in the outbox.</summary>
internal sealed class DeliveryRow
{
    public required string Sink { get; set; }
    public long Cursor { get; set; }
    public long Delivered { get; set; }
    public DateTimeOffset? LastDeliveredAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
    public DateTimeOffset? NextAttemptAt { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
