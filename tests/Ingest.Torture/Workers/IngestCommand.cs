using System.Diagnostics;

namespace Ingest.Torture.Workers;

/// <summary>One command of the program, run to its end.</summary>
internal static class IngestCommand
{
    /// <summary>How to start the program in a folder of its own; settings travel as environment variables.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> arguments, string dataDir, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "ingest.dll"), .. arguments, "--data", dataDir]) start.ArgumentList.Add(argument);
        // Not a setting of the program, but of the golden files.
        start.Environment.Remove("INGEST_ACCEPT");
        foreach (var (key, value) in settings) start.Environment[$"INGEST_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        return start;
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, string dataDir, IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        using var process = Process.Start(Start(arguments, dataDir, settings))!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output + await errors);
    }
}
