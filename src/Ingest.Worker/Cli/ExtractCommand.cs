using System.CommandLine;
using System.Diagnostics;
using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest extract …</c>: clean pages without a database.</summary>
internal static class ExtractCommand
{
    private static readonly string[] Endings = [".html.gz", ".htm.gz", ".txt.gz", ".html", ".htm", ".txt"];
    private static readonly Argument<string[]> Pages = new("INPUT")
    {
        Description = "Files (*.html, *.html.gz, *.txt), folders of them, or addresses",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Format = FormatOption();
    private static readonly Option<bool> Jsonl = new("--jsonl") { Description = "One JSON object a line for each input, with what was removed" };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Show every line of the page in reading order: kept, removed by which rule, outside of the article, or hidden" };
    private static readonly Option<string?> Url = new("--url") { Description = "Where a saved page came from: links are made absolute, and its site's rules apply", HelpName = "URL" };

    public static Command Build()
    {
        var command = new Command("extract", "Clean pages without a database") { Pages, Format, GlobalOptions.Json, Jsonl, Explain, Url };
        command.SetAction(ExtractAsync);
        return command.WithExamples(
            "ingest extract page.html --explain", "ingest extract page.html --format markdown --url https://example.org/news/1", "ingest extract --jsonl saved-pages/", "ingest extract https://example.org/news/1 --json");
    }

    private static async Task<int> ExtractAsync(ParseResult call, CancellationToken stop)
    {
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var print = PrinterOf(call);
        var extractor = new ArticleExtractor(forms: print.Forms, rules: tools.Get<SiteRuleSet>());
        var address = AddressOf(call.GetValue(Url));
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var failed = 0;
        foreach (var input in call.GetRequiredValue(Pages).SelectMany(argument => Inputs.Expand(argument, Endings)))
        {
            var begun = Stopwatch.GetTimestamp();
            var (outcome, error) = Extract(extractor, input, await Inputs.ReadAsync(input, () => tools, stop), address);
            await output.WriteAsync(print.Print(new ExtractedInput(Inputs.IdOf(input, Endings), outcome, error, Stopwatch.GetElapsedTime(begun))), stop);
            if (error is null) continue;
            failed++;
            await Console.Error.WriteLineAsync($"ingest: {error}");
        }
        await output.FlushAsync(stop);
        return failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static (ExtractionOutcome? Outcome, string? Error) Extract(ArticleExtractor extractor, string input, InputOutcome read, Uri? address)
    {
        if (read is not InputOutcome.Read document) return (null, ((InputOutcome.Unreadable)read).Why);
        var outcome = extractor.Extract(Inputs.PageOf(input, document, address));
        return (outcome, outcome is ExtractionOutcome.NoArticle none ? $"no article in {input}: {none.Why}" : null);
    }

    private static ExtractPrinter PrinterOf(ParseResult call)
    {
        var format = call.GetRequiredValue(Format);
        if (call.GetValue(Jsonl)) return new ExtractJson(IsLine: true, ExtractPrinter.FormsOf(format), call.GetValue(Explain));
        if (format == "json" || call.GetValue(GlobalOptions.Json)) return new ExtractJson(IsLine: false, ArticleForms.Markdown | ArticleForms.Html, call.GetValue(Explain));
        return call.GetValue(Explain) ? new ExtractPrinter.Explained(IsColoured()) : new ExtractPrinter.Readable(format);
    }

    private static bool IsColoured() => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static Uri? AddressOf(string? url) => url switch
    {
        null => null,
        _ when Inputs.IsUrl(url) && Uri.TryCreate(url, UriKind.Absolute, out var address) => address,
        _ => throw new UserErrorException($"--url: '{url}' is not an address like https://example.org/news/1"),
    };

    private static Option<string> FormatOption()
    {
        var option = new Option<string>("--format") { Description = "What to print of an article; json is everything. Default text", HelpName = "text|markdown|html|json", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "markdown", "html", "json");
        return option;
    }
}

/// <summary>An input and what came of it; no outcome when it could not be read.</summary>
internal sealed record ExtractedInput(string Id, ExtractionOutcome? Outcome, string? Error, TimeSpan Elapsed)
{
    public CleanArticle? Article => (Outcome as ExtractionOutcome.Extracted)?.Article;
}
