using Ingest.Pipeline.Ports;

namespace Ingest.Storage.Rows;

/// <summary>One attempt of a failure; goes with it.</summary>
internal sealed class FailureAttemptRow
{
    public long FailureId { get; set; }

    /// <summary>From 1 on, across re-runs.</summary>
    public int Number { get; set; }
    public DateTimeOffset At { get; set; }
    public FailureKind Kind { get; set; }
    public required string Error { get; set; }
    public int? Status { get; set; }
    public string? Worker { get; set; }
    public string? TraceId { get; set; }

    /// <summary>The requests, a JSON array; null when none was made.</summary>
    public string? Visits { get; set; }
}
