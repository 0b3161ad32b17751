using Ingest.Pipeline.Ports;

namespace Ingest.Storage.Rows;

/// <summary>What a person did.</summary>
internal sealed class AuditRow
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Who { get; set; }
    public AuditSource Source { get; set; }
    public string? Address { get; set; }
    public required string Action { get; set; }
    public required string Choice { get; set; }
    public long Count { get; set; }

    /// <summary>Of a re-run's failures: how many later actions chose anew, or went with their feed.</summary>
    public long Overtaken { get; set; }
}
