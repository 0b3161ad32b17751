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
        var ours = variables.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToLookup(pair => NameOf(pair.Key), StringComparer.OrdinalIgnoreCase);
        foreach (var twice in ours.Where(same => same.Count() > 1))
            throw new UserErrorException(ExitCodes.Configuration, $"both {string.Join(" and ", twice.Select(pair => pair.Key).Order(StringComparer.Ordinal))} are set; unset one of them");
        foreach (var (variable, value) in ours.Select(one => one.Single()))
        {
            var key = NameOf(variable)[Prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
            Data[key] = IsFile(variable) ? Read(variable, value) : value;
            _sources[key] = IsFile(variable) ? $"{variable}: {value}" : variable;
        }
    }

    private static bool IsFile(string variable) => variable.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string variable) => IsFile(variable) ? variable[..^FileSuffix.Length] : variable;

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
