using Ingest.Worker.Cli;
using Microsoft.Extensions.Configuration.Json;

namespace Ingest.Worker.Hosting;

/// <summary>Where the settings of one call come from, the weakest first: the file, the environment (INGEST_…), the command line.</summary>
internal sealed record Settings(string? File, bool Verbose, IReadOnlyList<KeyValuePair<string, string?>> Overrides)
{
    /// <summary>Adds the sources to a host's configuration, in place of what the framework would read.</summary>
    public void AddTo(IConfigurationBuilder configuration)
    {
        configuration.Sources.Clear();
        if (File is not null) AddFile(configuration, File);
        configuration.Add(EnvironmentSettings.OfTheProcess()).AddInMemoryCollection(Overrides.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last()));
    }

    /// <summary>Which of them a setting comes from, as a person would look for it.</summary>
    public string SourceOf(IConfigurationRoot configuration, string key) => configuration.Providers.LastOrDefault(provider => Has(provider, key)) switch
    {
        null => "default",
        EnvironmentSettings environment => environment.SourceOf(key)!,
        JsonConfigurationProvider => File!,
        _ => "command line",
    };

    private static bool Has(IConfigurationProvider provider, string key) => provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();

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
