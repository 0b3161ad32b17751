using System.Collections;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Hosting;

/// <summary>
/// Settings from environment variables: <c>INGEST_Storage__ConnectionString</c>, or, for what is kept in a file (a secret of Docker's, Kubernetes' or
/// systemd's), <c>INGEST_Storage__ConnectionString_FILE</c> with the file's path.
/// </summary>
internal sealed class EnvironmentSettings(IReadOnlyDictionary<string, string> variables) : ConfigurationProvider, IConfigurationSource
{
    private const string Prefix = "INGEST_";
    private const string FileSuffix = "_FILE";

    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    public static EnvironmentSettings OfTheProcess() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <exception cref="UserErrorException">A file cannot be read, or a setting is given both ways.</exception>
    public override void Load()
    {
        foreach (var (variable, value) in variables.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var isFile = variable.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase);
            var name = isFile ? variable[..^FileSuffix.Length] : variable;
            var key = name[Prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
            if (!_sources.TryAdd(key, isFile ? $"{variable}: {value}" : variable))
                throw new UserErrorException(ExitCodes.Configuration, $"both {name} and {name}{FileSuffix} are set; unset one of them");
            Data[key] = isFile ? Read(variable, value) : value;
        }
    }

    /// <summary>Which variable a setting comes from, and which file; null when it comes from none.</summary>
    public string? SourceOf(string key) => _sources.GetValueOrDefault(key) ?? _sources.FirstOrDefault(source => source.Key.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)).Value;

    // Editors and most tools end a file with a line's end, which is no part of a secret.
    private static string Read(string variable, string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            return text.EndsWith('\n') ? text[..^(text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)] : text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException(ExitCodes.Configuration, $"the file of {variable} cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }
}
