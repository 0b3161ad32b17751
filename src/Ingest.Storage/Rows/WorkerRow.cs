namespace Ingest.Storage.Rows;

internal sealed class WorkerRow
{
    public required string Name { get; set; }
    public required string Host { get; set; }
    public required string Version { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}
