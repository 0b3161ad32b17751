namespace Ingest.Storage.Rows;

/// <summary>A document that a hub has brought and that the feed's next refresh reads.</summary>
internal sealed class PushRow
{
    public long Id { get; set; }
    public long FeedId { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public string? ContentType { get; set; }
    public required byte[] Body { get; set; }
}
