using System.CommandLine;
using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;
using Ingest.Worker.Hosting;
using Ingest.Worker.SiteRules;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest rules …</c>: rules for single sites.</summary>
internal static class RulesCommand
{
    public static Command Build() =>
        new Command("rules", "Look after the rules for single sites, files HOST.yaml in Articles:RulesDir") { List(), Test(), Import() }.WithExamples("ingest rules test example.org", "ingest rules import example.org.txt");

    private static Command List()
    {
        var command = new Command("list", "Show which sites have rules") { GlobalOptions.Json };
        command.SetAction(async (call, _) =>
        {
            await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
            var folder = tools.Get<SiteRuleFolder>();
            var files = folder.Files();
            if (call.GetValue(GlobalOptions.Json)) Output.Json(files.Select(file => new { file.Rule.Host, file.Path, Body = Texts(file.Rule.Body), Strip = Texts(file.Rule.Strip), Title = Texts(file.Rule.Title), Author = Texts(file.Rule.Author), Date = Texts(file.Rule.Date), Tests = file.Tests.Count }));
            else Output.Table(["SITE", "TESTS", "BODY", "FILE"], [.. files.Select(file => (string?[])[file.Rule.Host, Output.Number(file.Tests.Count), Output.Short(string.Join(", ", Texts(file.Rule.Body)), 40), file.Path])], $"no site has rules in {folder.Path}");
            return ExitCodes.Done;
        });
        return command.WithExamples("ingest rules list");
    }

    private static IEnumerable<string> Texts(IEnumerable<Selector> selectors) => selectors.Select(selector => selector.Text);

    private static Command Test()
    {
        var which = new Argument<string[]>("HOST|FILE") { Description = "Sites, or files of rules; all sites when none is named", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("test", "Fetch or read the rules' test pages, and check what the articles must and must not contain") { which, GlobalOptions.Json };
        command.SetAction((call, stop) => TestAsync(call, call.GetValue(which) ?? [], stop));
        return command.WithExamples("ingest rules test", "ingest rules test example.org", "ingest rules test drafts/example.org.yaml --json");
    }

    private static async Task<int> TestAsync(ParseResult call, string[] which, CancellationToken stop)
    {
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var results = new List<TestResult>();
        foreach (var file in Chosen(tools.Get<SiteRuleFolder>(), which))
        {
            var extractor = new ArticleExtractor(rules: new SiteRuleSet([file.Rule]));
            foreach (var test in file.Tests) results.Add(new TestResult(file.Rule.Host, test.Page, await FaultsAsync(file, test, extractor, tools, stop)));
            if (file.Tests.Count == 0) await Console.Error.WriteLineAsync($"ingest: {file.Path} has no tests");
        }
        if (call.GetValue(GlobalOptions.Json)) Output.Json(results);
        else Print(results);
        return results.TrueForAll(result => result.Passed) ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(SiteRuleFile file, SiteRuleTest test, ArticleExtractor extractor, Toolbox tools, CancellationToken stop)
    {
        var input = Inputs.IsUrl(test.Page) ? test.Page : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.Path))!, test.Page);
        return await Inputs.ReadAsync(input, () => tools, stop) switch
        {
            InputOutcome.Read page => SiteRuleCheck.Faults(file.Rule, test, extractor.Extract(Inputs.PageOf(input, page, new Uri($"https://{file.Rule.Host}/")))),
            InputOutcome.Unreadable unreadable => [unreadable.Why],
            _ => throw new InvalidOperationException("a new kind of outcome"),
        };
    }

    private static IEnumerable<SiteRuleFile> Chosen(SiteRuleFolder folder, string[] which)
    {
        if (which.Length == 0) return folder.Files();
        return which.SelectMany(name => File.Exists(name)
            ? SiteRuleFolder.Read([name])
            : [folder.Files().FirstOrDefault(file => file.Rule.Host == SiteRuleFile.HostOf($"{name}.yaml")) ?? throw new UserErrorException($"there are no rules for '{name}' in {folder.Path}, and no such file; see: ingest rules list")]);
    }

    private static void Print(List<TestResult> results)
    {
        foreach (var result in results)
        {
            Console.Out.WriteLine($"{(result.Passed ? "pass" : "FAIL")}  {result.Host}  {result.Page}");
            foreach (var fault in result.Faults) Console.Out.WriteLine($"      {Output.Short(fault, 200)}");
        }
        Console.Out.WriteLine(results.Count == 0 ? "there is nothing to test" : $"{results.Count(result => result.Passed)} of {results.Count} pages are as they should be");
    }

    private static Command Import()
    {
        var files = new Argument<string[]>("FILE") { Description = "Site configs of FiveFilters' Full-Text RSS, HOST.txt each", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force") { Description = "Overwrite rules that are there" };
        var command = new Command("import", "Make rules of site configs; each line that cannot be taken over is reported") { files, force };
        command.SetAction(async (call, stop) =>
        {
            await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
            var (folder, failed) = (tools.Get<SiteRuleFolder>().Path, false);
            foreach (var file in call.GetRequiredValue(files)) failed |= !await ImportAsync(file, folder, call.GetValue(force), stop);
            return failed ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command.WithExamples("ingest rules import example.org.txt", "ingest rules import ftr-site-config/*.txt --force");
    }

    private static async Task<bool> ImportAsync(string file, string folder, bool force, CancellationToken stop)
    {
        if (SiteRuleFile.HostOf(file) is not { } host) return await FailAsync($"{file}: the file's name has to be the site's, like example.org.txt");
        if (await Inputs.ReadAsync(file, () => throw new InvalidOperationException("a file is not fetched"), stop) is not InputOutcome.Read read) return await FailAsync($"{file}: it cannot be read");
        var (yaml, left) = SiteConfigImport.Convert(file, System.Text.Encoding.UTF8.GetString(read.Body.Span));
        foreach (var line in left) await Console.Error.WriteLineAsync($"ingest: {line}");
        if (yaml is null) return await FailAsync($"{file}: nothing in it can be taken over");
        var target = Path.Combine(folder, $"{host}.yaml");
        if (File.Exists(target) && !force) return await FailAsync($"{target} is there already; --force overwrites it");
        DataFolder.Ensure(folder);
        await File.WriteAllTextAsync(target, yaml, stop);
        Console.Out.WriteLine($"wrote {target}");
        return true;
    }

    private static async Task<bool> FailAsync(string why)
    {
        await Console.Error.WriteLineAsync($"ingest: {why}");
        return false;
    }

    private sealed record TestResult(string Host, string Page, IReadOnlyList<string> Faults)
    {
        public bool Passed => Faults.Count == 0;
    }
}
