using System.Text.Json;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Cli;

/// <summary>What <c>ingest extract</c> prints of a page.</summary>
public sealed class ExtractCommandTests
{
    private const string First = "The harbour town opened its new ferry terminal on Tuesday, two years later than planned, officials said.";
    private const string Second = "Residents had waited for the crossing since the old bridge was closed, and many of them came to watch.";

    private const string Page = $"""
        <title>Ferries &amp; boats are late</title><nav><a href=/>Home</a></nav><h1>Ferries &amp; boats are late</h1>
        <article><p>{First} <a href=/map>The map</a> <b>shows</b> it.</p><p>Photo: Anna Berg</p><h2>What comes next</h2><p>{Second}</p></article>
        <div style="display:none">A line for nobody at all</div>
        """;

    [Theory]
    [InlineData("text", $"# Ferries & boats are late\n\n{First} The map shows it.\nWhat comes next\n{Second}\n\n")]
    [InlineData("markdown", $"# Ferries & boats are late\n\n{First} [The map](https://news.example/map) **shows** it.\n\n## What comes next\n\n{Second}\n\n")]
    [InlineData("html", $"<h1>Ferries &amp; boats are late</h1>\n<p>{First} <a href=\"https://news.example/map\">The map</a> <strong>shows</strong> it.</p>\n<h2>What comes next</h2>\n<p>{Second}</p>\n\n")]
    public async Task A_page_in_every_format(string format, string expected)
    {
        var result = await RunAsync("--format", format, "--url", "https://news.example/1");
        Assert.Equal((0, expected), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Json_has_everything_by_the_messages_names()
    {
        var article = JsonDocument.Parse((await RunAsync("--json")).Output).RootElement;
        Assert.Equal("Ferries & boats are late", article.GetProperty("title").GetString());
        Assert.Equal(["paragraph", "heading", "paragraph"], article.GetProperty("paragraphs").EnumerateArray().Select(paragraph => paragraph.GetProperty("kind").GetString()));
        Assert.Equal(2, article.GetProperty("paragraphs")[1].GetProperty("level").GetInt32());
        Assert.StartsWith("<p>", article.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("## What comes next", article.GetProperty("markdown").GetString(), StringComparison.Ordinal);
        Assert.Equal("photo-credit", article.GetProperty("removed")[0].GetProperty("kind").GetString());
        Assert.False(article.TryGetProperty("lines", out _));
    }

    [Fact]
    public async Task Explain_shows_the_whole_page_in_reading_order_without_colours_in_a_file()
    {
        var lines = (await RunAsync("--explain")).Output.Split('\n');
        Assert.Equal(
            [
                "# Ferries & boats are late", "", "  [outside/navigation] Home", "  [outside] Ferries & boats are late", $"+ {First} The map shows it.", "- [photo-credit/photo-credit-line] Photo: Anna Berg", "+ What comes next", $"+ {Second}",
                "  [hidden] A line for nobody at all", "", "",
            ], lines);
    }

    [Fact]
    public async Task Explain_for_a_program()
    {
        var lines = JsonDocument.Parse((await RunAsync("--explain", "--json")).Output).RootElement.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["outside", "outside", "kept", "removed", "kept", "kept", "hidden"], lines.Select(line => line.GetProperty("fate").GetString()));
        Assert.Equal(("photo-credit", "Photo: Anna Berg"), (lines[3].GetProperty("kind").GetString(), lines[3].GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("--format", "pdf")]
    [InlineData("--url", "nonsense")]
    public async Task A_value_that_is_none_is_refused(string option, string value)
    {
        var result = await RunAsync(option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value, result.Errors, StringComparison.Ordinal);
    }

    private static async Task<WorkerProcess.Result> RunAsync(params string[] options)
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["page.html"], Page, TestContext.Current.CancellationToken);
        return await WorkerProcess.RunAsync(["extract", data["page.html"], .. options], ("Storage:DataDir", data.Path));
    }
}
