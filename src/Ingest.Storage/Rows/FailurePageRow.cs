namespace Ingest.Storage.Rows;

/// <summary>What the latest attempt of a failure that got an answer received; goes with the failure.</summary>
internal sealed class FailurePageRow
{
    public long FailureId { get; set; }
    public required string Url { get; set; }
    public string? ContentType { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Bytes that were read; the body may hold only the first of them.</summary>
    public long Length { get; set; }

    /// <summary>Compressed with Brotli.</summary>
    public required byte[] Body { get; set; }
}
