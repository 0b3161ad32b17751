namespace Ingest.Storage.Rows;

/// <summary>A key of the pages' sessions and tokens.</summary>
internal sealed class KeyRow
{
    public required string Name { get; set; }

    /// <summary>As the framework wrote it.</summary>
    public required string Xml { get; set; }
}
