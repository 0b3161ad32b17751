using System.ComponentModel.DataAnnotations;

namespace Ingest.Storage;

/// <summary>Where everything is kept (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of the SQLite file, the keys, the logs and the JSON Lines sink's file. Default <c>ingest-data</c> in the working folder.</summary>
    [Required]
    public string DataDir { get; set; } = "ingest-data";

    /// <summary>Bring the database up to date at start. Default true; otherwise <c>ingest db migrate</c> does it by hand.</summary>
    public bool AutoMigrate { get; set; } = true;
}
