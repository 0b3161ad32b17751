using Ingest.Core.Articles.SiteRules;
using Ingest.Pipeline.Options;
using Ingest.Storage;
using Ingest.Worker.Cli;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.SiteRules;

/// <summary>The folder of all sites' rules.</summary>
internal sealed class SiteRuleFolder
{
    private static readonly string[] Endings = [".yaml", ".yml"];

    private readonly bool _mayBeMissing;

    private SiteRuleFolder(string path, bool mayBeMissing) => (Path, _mayBeMissing) = (path, mayBeMissing);

    public string Path { get; }

    /// <summary>The one of the settings.</summary>
    public static SiteRuleFolder Of(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ArticlesOptions>>().Value.RulesDir is { Length: > 0 } set
            ? new SiteRuleFolder(set, mayBeMissing: false)
            : new SiteRuleFolder(System.IO.Path.Combine(services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDir, "rules"), mayBeMissing: true);

    /// <exception cref="UserErrorException">Not every file is right.</exception>
    public SiteRuleSet Load() => new(Files().Select(file => file.Rule));

    /// <summary>Its files, by host.</summary>
    /// <exception cref="UserErrorException">Not every file is right.</exception>
    public IReadOnlyList<SiteRuleFile> Files()
    {
        if (Directory.Exists(Path)) return Read(Directory.EnumerateFiles(Path).Where(file => Endings.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant())));
        return _mayBeMissing ? [] : throw new UserErrorException(ExitCodes.Configuration, $"Articles:RulesDir: there is no folder {Path}");
    }

    /// <summary>Reads files wherever they are.</summary>
    /// <exception cref="UserErrorException">Not every file is right.</exception>
    public static IReadOnlyList<SiteRuleFile> Read(IEnumerable<string> paths)
    {
        var (files, errors) = (new List<SiteRuleFile>(), new List<string>());
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            if (SiteRuleYaml.Read(path, Text(path), out var wrong) is { } file) files.Add(file);
            errors.AddRange(wrong);
        }
        foreach (var same in files.GroupBy(file => file.Rule.Host).Where(same => same.Count() > 1)) errors.Add($"{string.Join(" and ", same.Select(file => file.Path))} are for the same site, {same.Key}");
        return errors.Count == 0 ? [.. files.OrderBy(file => file.Rule.Host, StringComparer.Ordinal)] : throw new UserErrorException(ExitCodes.Configuration, $"bad site rules: {string.Join("; ", errors)}");
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.Configuration, $"cannot read {path}: {error.Message}", error);
        }
    }
}
