using System.Globalization;
using System.Text;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.Worker.SiteRules;

/// <summary>
/// Reads the site-config format of FiveFilters' Full-Text RSS: a file for a site, <c>key: value</c> lines, elements named by XPath. What a selector can say is taken over; every
/// other line is reported.
/// </summary>
internal sealed class SiteConfigImport
{
    private readonly string _path;
    private readonly Dictionary<string, List<string>> _selectors = new() { ["body"] = [], ["strip"] = [], ["title"] = [], ["author"] = [], ["date"] = [] };
    private readonly List<(string Page, List<string> Contains)> _tests = [];
    private readonly List<string> _left = [];

    private SiteConfigImport(string path) => _path = path;

    /// <summary>The rules as YAML, and one line for each line of the config that could not be taken over; null when nothing could.</summary>
    public static (string? Yaml, IReadOnlyList<string> Left) Convert(string path, string config)
    {
        var import = new SiteConfigImport(path);
        var number = 0;
        foreach (var line in config.Split('\n')) import.Line(line.Trim().TrimStart('\uFEFF'), ++number);
        return (import._selectors.Values.All(selectors => selectors.Count == 0) ? null : import.Yaml(), import._left);
    }

    private void Line(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#') return;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (key, value) = colon < 0 ? (line, "") : (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
        var why = value.Length == 0 ? "it has no value" : Take(key, value);
        if (why is not null) _left.Add(string.Create(CultureInfo.InvariantCulture, $"{_path}:{number}: {key}: {why}"));
    }

    /// <summary>Null when it could be taken over.</summary>
    private string? Take(string key, string value)
    {
        switch (key)
        {
            case "title" or "body" or "author" or "date" or "strip":
                return Add(key, XPathSelectors.Convert(value, out var why), why);
            case "strip_id_or_class":
                value = value.Trim('\'', '"');
                return Add("strip", $"[id*=\"{value}\"], [class*=\"{value}\"]", null);
            case "strip_image_src":
                return Add("strip", $"img[src*=\"{value.Trim('\'', '"')}\"]", null);
            case "test_url":
                _tests.Add((value, []));
                return null;
            case "test_contains" when _tests.Count > 0:
                _tests[^1].Contains.Add(value);
                return null;
            case "test_contains":
                return "there is no test_url above it";
            default:
                return "not supported";
        }
    }

    private string? Add(string key, string? selector, string? why)
    {
        if (selector is null) return why;
        if (Selector.TryParse(selector, out var error) is null) return error;
        _selectors[key].Add(selector);
        return null;
    }

    private string Yaml()
    {
        var yaml = new StringBuilder();
        foreach (var (key, selectors) in _selectors) List(yaml, "", key, selectors);
        if (_tests.Count > 0) yaml.AppendLine("tests:");
        foreach (var (page, contains) in _tests)
        {
            yaml.AppendLine(CultureInfo.InvariantCulture, $"  - page: {Quoted(page)}");
            List(yaml, "    ", "must-contain", contains);
        }
        return yaml.ToString().ReplaceLineEndings("\n");
    }

    private static void List(StringBuilder yaml, string indent, string key, List<string> texts)
    {
        if (texts.Count == 0) return;
        yaml.AppendLine(CultureInfo.InvariantCulture, $"{indent}{key}:");
        foreach (var text in texts) yaml.AppendLine(CultureInfo.InvariantCulture, $"{indent}  - {Quoted(text)}");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
