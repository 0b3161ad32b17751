using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace Ingest.Storage;

/// <summary>Where everything is kept (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of the SQLite file, the logs and the JSON Lines sink's file. Default <c>ingest-data</c> in the working folder.</summary>
    [Required]
    public string DataDir { get; set; } = "ingest-data";

    /// <summary>Which database: <c>sqlite</c>, a file in the data folder for one worker, or <c>postgres</c>, a server for many. Default <c>sqlite</c>.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>
    /// Where PostgreSQL is, as <c>Host=db;Database=ingest;Username=ingest;Password=…</c>; any keyword of Npgsql's may be added. Needed with
    /// <c>postgres</c>, unused otherwise. Default none.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Bring the database up to date at start. Default true; otherwise <c>ingest db migrate</c> does it by hand.</summary>
    public bool AutoMigrate { get; set; } = true;

    /// <summary>Reads a connection string; null when it is none, and why, without a word of its own.</summary>
    public static NpgsqlConnectionStringBuilder? TryRead(string connectionString, out string? why)
    {
        try
        {
            why = null;
            var read = new NpgsqlConnectionStringBuilder(connectionString);
            if (read.Host is null) why = "it names no Host";
            return why is null ? read : null;
        }
        catch (ArgumentException error)
        {
            why = error.ParamName is { } keyword ? $"'{keyword}' is no keyword, or has no such value" : "it is not a list of Keyword=value;";
            return null;
        }
    }
}

/// <summary>The databases there are.</summary>
public enum StorageProvider
{
    Sqlite,
    Postgres,
}
