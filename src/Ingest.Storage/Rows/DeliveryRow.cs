namespace Ingest.Storage.Rows;

/// <summary>One sink's place in the outbox.</summary>
internal sealed class DeliveryRow
{
    public required string Sink { get; set; }
    public long Cursor { get; set; }

    /// <summary>The furthest the cursor has ever been.</summary>
    public long Frontier { get; set; }
    public long Delivered { get; set; }
    public DateTimeOffset? LastDeliveredAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Nothing is sent before a person resumes it.</summary>
    public bool Paused { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
