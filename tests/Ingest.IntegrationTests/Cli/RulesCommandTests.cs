using System.Text.Json;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Cli;

/// <summary>Rules for single sites, from a file to an article.</summary>
public sealed class RulesCommandTests
{
    private const string Page = """
        <title>Site</title><h1>Ferries are late</h1>
        <div id=story><p>The harbour town opened its new ferry terminal on Tuesday, two years later than planned, officials said.</p><p class=offer>Cheaper crossings for all readers of this page, today and for ever, said the advertisement.</p></div>
        <div><p>Residents had waited for the crossing since the old bridge was closed, and many of them came to watch.</p><p>Nobody knows when the next boat will leave, and nobody on the quay seems to mind it very much.</p></div>
        """;

    [Fact]
    public async Task A_rule_decides_what_the_article_is_and_its_tests_say_whether_it_does()
    {
        using var data = new TempFolder();
        await WriteAsync(data, "page.html", Page);
        await WriteAsync(data, "rules/example.org.yaml", "body: '#story'\nstrip: .offer\ntests:\n  - page: ../page.html\n    must-contain: ferry terminal\n    must-not-contain: [Cheaper, Residents]\n");
        var tested = await RunAsync(data, "rules", "test");
        Assert.Equal((0, "pass  example.org  ../page.html\n1 of 1 pages are as they should be\n"), (tested.ExitCode, tested.Output));

        var extracted = await RunAsync(data, "extract", data["page.html"], "--jsonl", "--url", "https://news.example.org/1");
        var article = JsonDocument.Parse(extracted.Output).RootElement;
        Assert.Equal("The harbour town opened its new ferry terminal on Tuesday, two years later than planned, officials said.", article.GetProperty("text").GetString());
        Assert.Equal("site-rule", article.GetProperty("removed")[0].GetProperty("rule").GetString());

        var listed = await RunAsync(data, "rules", "list", "--json");
        Assert.Equal("example.org", JsonDocument.Parse(listed.Output).RootElement[0].GetProperty("host").GetString());
    }

    [Fact]
    public async Task A_rule_that_fails_its_test_is_told_with_what_is_wrong()
    {
        using var data = new TempFolder();
        await WriteAsync(data, "page.html", Page);
        await WriteAsync(data, "example.org.yaml", "body: '#nowhere'\ntests:\n  - page: page.html\n    must-contain: submarine\n    must-not-contain: ferry\n  - page: missing.html\n");
        var tested = await RunAsync(data, "rules", "test", data["example.org.yaml"]);
        Assert.Equal(1, tested.ExitCode);
        foreach (var fault in (string[])["none of the body's selectors finds anything", "it does not contain: submarine", "it contains: ferry", "there is no such file", "0 of 2 pages"]) Assert.Contains(fault, tested.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_configs_are_imported_once_and_what_is_left_is_told()
    {
        using var data = new TempFolder();
        await WriteAsync(data, "www.example.org.txt", "body: //div[@id='story']\nnext_page_link: //a\ntest_url: https://example.org/1\n");
        var imported = await RunAsync(data, "rules", "import", data["www.example.org.txt"]);
        Assert.Equal(0, imported.ExitCode);
        Assert.Contains("www.example.org.txt:2: next_page_link: not supported", imported.Errors, StringComparison.Ordinal);
        Assert.Equal("body:\n  - 'div[id=\"story\"]'\ntests:\n  - page: 'https://example.org/1'\n", await File.ReadAllTextAsync(data["rules/example.org.yaml"], TestContext.Current.CancellationToken));
        var again = await RunAsync(data, "rules", "import", data["www.example.org.txt"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--force", again.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a worker does not start", "run", "--once")]
    [InlineData("nothing is extracted", "extract", "page.html")]
    [InlineData("nothing is tested", "rules", "test")]
    public async Task With_a_bad_rule(string reason, params string[] arguments)
    {
        using var data = new TempFolder();
        await WriteAsync(data, "rules/a.example.yaml", "body: p\nstrip: 'div['\n");
        await WriteAsync(data, "rules/b.example.yaml", "bodi: p\n");
        var result = await RunAsync(data, arguments);
        Assert.True(result.ExitCode == 3, $"{reason}: {result.ExitCode} {result.Errors}");
        Assert.Contains("a.example.yaml:2: strip: 'div['", result.Errors, StringComparison.Ordinal);
        Assert.Contains("b.example.yaml:1: there is no key 'bodi' here", result.Errors, StringComparison.Ordinal);
    }

    private static Task<WorkerProcess.Result> RunAsync(TempFolder data, params string[] arguments) => WorkerProcess.RunAsync(arguments, ("Storage:DataDir", data.Path));

    private static async Task WriteAsync(TempFolder data, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(data[name])!);
        await File.WriteAllTextAsync(data[name], text, TestContext.Current.CancellationToken);
    }
}
