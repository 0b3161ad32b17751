using Ingest.Worker.Cli;

namespace Ingest.Worker.Hosting;

/// <summary>Where the settings of one call come from, the weakest first: the file, the environment (INGEST_…), the command line.</summary>
internal sealed record Settings(string? File, bool Verbose, IReadOnlyList<KeyValuePair<string, string?>> Overrides)
{
    private const string EnvironmentPrefix = "INGEST_";

    /// <summary>Adds the sources to a host's configuration, in place of what the framework would read.</summary>
    public void AddTo(IConfigurationBuilder configuration)
    {
        configuration.Sources.Clear();
        if (File is not null) AddFile(configuration, File);
        configuration.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(Overrides.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last()));
    }

    private static void AddFile(IConfigurationBuilder configuration, string file)
    {
        if (!System.IO.File.Exists(file)) throw new UserErrorException(ExitCodes.Configuration, $"there is no settings file {file}; check --config");
        try
        {
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            throw new UserErrorException(ExitCodes.Configuration, $"{file} is not valid JSON: {(error.InnerException ?? error).Message}", error);
        }
    }
}
