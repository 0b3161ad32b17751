using System.CommandLine;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Data folder: the SQLite file, logs and articles.jsonl. Default ./ingest-data (Storage:DataDir)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> Storage = StorageOption();

    public static readonly Option<string?> Config = new("--config")
    {
        Description = "JSON file with settings; environment variables such as INGEST_Fetching__Timeout outrank it",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Log in detail, and show stack traces of errors", Recursive = true };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON for a program to read" };

    /// <summary>The settings of this call. <paramref name="overrides"/> outrank every other source.</summary>
    public static Settings Settings(ParseResult call, IEnumerable<KeyValuePair<string, string?>>? overrides = null) => new(
        call.GetValue(Config), call.GetValue(Verbose), [.. Overrides(call), .. overrides ?? []]);

    private static IEnumerable<KeyValuePair<string, string?>> Overrides(ParseResult call)
    {
        if (call.GetValue(Data) is { } folder) yield return new("Storage:DataDir", folder);
        if (call.GetValue(Storage) is { } provider) yield return new("Storage:Provider", provider);
    }

    private static Option<string?> StorageOption()
    {
        var option = new Option<string?>("--storage")
        {
            Description = "Database: sqlite, a file in the data folder, or postgres, at Storage:ConnectionString. Default sqlite (Storage:Provider)",
            HelpName = "sqlite|postgres",
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "sqlite", "postgres");
        return option;
    }
}
