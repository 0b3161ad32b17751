namespace Ingest.Storage.Rows;

internal sealed class RawPageRow
{
    public Guid ArticleId { get; set; }
    public required string Url { get; set; }
    public string? ContentType { get; set; }
    public DateTimeOffset FetchedAt { get; set; }
    public int Length { get; set; }

    /// <summary>The requests that led to it, as JSON.</summary>
    public string? Visits { get; set; }

    /// <summary>The body, compressed with Brotli.</summary>
    public required byte[] Body { get; set; }
}
