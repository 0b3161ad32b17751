namespace Ingest.Storage.Rows;

/// <summary>A message that a sink refused for good; its text stays in the outbox.</summary>
internal sealed class DeadLetterRow
{
    public required string Sink { get; set; }
    public long Sequence { get; set; }
    public required string Error { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>To be sent again.</summary>
    public bool Replaying { get; set; }
}
