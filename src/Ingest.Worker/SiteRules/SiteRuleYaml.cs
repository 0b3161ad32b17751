using System.Globalization;
using Ingest.Core.Articles.SiteRules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ingest.Worker.SiteRules;

/// <summary>Reads a file of rules. Strictly: what is misspelt is an error, told with its line, and all errors are told at once.</summary>
internal sealed class SiteRuleYaml
{
    private static readonly string[] Keys = ["body", "strip", "title", "author", "date", "tests"];
    private static readonly string[] TestKeys = ["page", "must-contain", "must-not-contain"];

    private readonly List<string> _errors = [];
    private readonly string _path;

    private SiteRuleYaml(string path) => _path = path;

    /// <summary>Null when there are errors.</summary>
    public static SiteRuleFile? Read(string path, string yaml, out IReadOnlyList<string> errors)
    {
        var reader = new SiteRuleYaml(path);
        errors = reader._errors;
        var host = SiteRuleFile.HostOf(path);
        if (host is null) reader._errors.Add($"{path}: the file's name has to be the site's, like example.org.yaml");
        if (reader.Root(yaml) is not { } root) return null;
        var file = new SiteRuleFile(path, reader.Rule(host ?? "", root), reader.Tests(root));
        return errors.Count == 0 ? file : null;
    }

    private YamlMappingNode? Root(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                Known(root, Keys);
                return root;
            }
            _errors.Add($"{_path}: it has to be one document of keys and values ({string.Join(", ", Keys)})");
        }
        catch (YamlException error)
        {
            Fail(error.Start, error.Message.TrimEnd('.'));
        }
        catch (InvalidOperationException)
        {
            // What the package's scanner throws where a flow list is not closed.
            _errors.Add($"{_path}: it is not valid YAML; is a bracket not closed?");
        }
        return null;
    }

    private SiteRule Rule(string host, YamlMappingNode root) => new(host)
    {
        Body = Selectors(root, "body"),
        Strip = Selectors(root, "strip"),
        Title = Selectors(root, "title"),
        Author = Selectors(root, "author"),
        Date = Selectors(root, "date"),
    };

    private List<Selector> Selectors(YamlMappingNode root, string key)
    {
        var selectors = new List<Selector>();
        foreach (var text in Texts(root, key))
            if (Selector.TryParse(text.Value ?? "", out var error) is { } selector) selectors.Add(selector);
            else Fail(text.Start, $"{key}: {error}");
        return selectors;
    }

    private List<SiteRuleTest> Tests(YamlMappingNode root)
    {
        var tests = new List<SiteRuleTest>();
        if (!root.Children.TryGetValue("tests", out var node)) return tests;
        if (node is not YamlSequenceNode list)
        {
            Fail(node.Start, "tests: this has to be a list");
            return tests;
        }
        foreach (var item in list)
            if (item is not YamlMappingNode test || !test.Children.TryGetValue("page", out var page) || page is not YamlScalarNode { Value.Length: > 0 } address) Fail(item.Start, "tests: each needs a page, an address or a saved page's path");
            else if (Known(test, TestKeys)) tests.Add(new SiteRuleTest(address.Value!, [.. Texts(test, "must-contain").Select(text => text.Value!)], [.. Texts(test, "must-not-contain").Select(text => text.Value!)]));
        return tests;
    }

    /// <summary>One text or a list of texts.</summary>
    private List<YamlScalarNode> Texts(YamlMappingNode node, string key)
    {
        if (!node.Children.TryGetValue(key, out var value)) return [];
        var texts = new List<YamlScalarNode>();
        foreach (var item in value is YamlSequenceNode list ? list.Children : [value])
            if (item is YamlScalarNode { Value: not null } text) texts.Add(text);
            else Fail(item.Start, $"{key}: this has to be a text or a list of texts");
        return texts;
    }

    private bool Known(YamlMappingNode node, string[] keys)
    {
        var strangers = node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !keys.Contains(name)).ToList();
        foreach (var key in strangers) Fail(key.Start, $"there is no key '{key}' here ({string.Join(", ", keys)})");
        return strangers.Count == 0;
    }

    private void Fail(Mark at, string what) => _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{_path}:{at.Line}: {what}"));
}
