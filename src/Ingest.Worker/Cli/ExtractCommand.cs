using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Ingest.Core.Articles;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest extract …</c>: clean pages without a database.</summary>
internal static class ExtractCommand
{
    private const string Utf8Html = "text/html; charset=utf-8";
    private const string Utf8Text = "text/plain; charset=utf-8";

    private static readonly string[] Endings = [".html.gz", ".htm.gz", ".txt.gz", ".html", ".htm", ".txt"];
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Files (*.html, *.html.gz, *.txt), folders of them, or addresses",
            Arity = ArgumentArity.OneOrMore,
        };
        var jsonl = new Option<bool>("--jsonl") { Description = "One JSON object a line for each input, with what was removed" };
        var explain = new Option<bool>("--explain") { Description = "Show what was removed, by which rule, after the text" };
        var command = new Command("extract", "Clean pages without a database") { inputs, jsonl, explain };
        command.SetAction((call, stop) => ExtractAsync(call, call.GetRequiredValue(inputs), call.GetValue(jsonl), call.GetValue(explain), stop));
        return command.WithExamples("ingest extract page.html --explain", "ingest extract --jsonl saved-pages/", "ingest extract https://example.org/news/1");
    }

    private static async Task<int> ExtractAsync(ParseResult call, string[] arguments, bool jsonl, bool explain, CancellationToken stop)
    {
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var extractor = tools.Get<ArticleExtractor>();
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var failed = 0;
        foreach (var input in arguments.SelectMany(argument => Inputs.Expand(argument, Endings)))
        {
            var begun = Stopwatch.GetTimestamp();
            var (article, error) = Extract(extractor, input, await Inputs.ReadAsync(input, () => tools, stop));
            if (error is not null)
            {
                failed++;
                await Console.Error.WriteLineAsync($"ingest: {error}");
            }
            var elapsed = Stopwatch.GetElapsedTime(begun);
            if (jsonl) await output.WriteAsync(Line(Inputs.IdOf(input, Endings), article, error, elapsed), stop);
            else if (article is not null) await output.WriteAsync(Readable(article, explain), stop);
        }
        await output.FlushAsync(stop);
        return failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static (CleanArticle? Article, string? Error) Extract(ArticleExtractor extractor, string input, InputOutcome read)
    {
        if (read is not InputOutcome.Read document) return (null, ((InputOutcome.Unreadable)read).Why);
        return extractor.Extract(PageOf(input, document)) switch
        {
            ExtractionOutcome.Extracted extracted => (extracted.Article, null),
            ExtractionOutcome.NoArticle none => (null, $"no article in {input}: {none.Why}"),
            _ => throw new InvalidOperationException("a new kind of outcome"),
        };
    }

    // Saved files have lost their header: what is valid UTF-8 is UTF-8, whatever the page says of itself.
    private static PageInput PageOf(string input, InputOutcome.Read document)
    {
        var path = input.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? input[..^3] : input;
        var text = document.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ?? path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
        var saved = Utf8.IsValid(document.Body.Span) ? text ? Utf8Text : Utf8Html : null;
        return new PageInput(document.Body, text ? PageFormat.PlainText : PageFormat.Html) { ContentType = document.ContentType ?? saved, Url = document.Url };
    }

    private static ReadOnlyMemory<byte> Line(string id, CleanArticle? article, string? error, TimeSpan elapsed)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("text", article?.Text ?? "");
            if (error is not null) json.WriteString("error", error);
            if (article is not null) WriteFields(json, article);
            json.WriteNumber("ms", Math.Round(elapsed.TotalMilliseconds, 3));
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteFields(Utf8JsonWriter json, CleanArticle article)
    {
        WriteText(json, "title", article.Title);
        WriteText(json, "author", string.Join(", ", article.Authors));
        WriteText(json, "date", article.PublishedAt?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        WriteText(json, "lang", article.Language);
        WriteText(json, "credit", string.Join("; ", article.Credits.Concat(article.Images.Select(image => image.Credit).OfType<string>()).Distinct()));
        json.WriteStartArray("sources");
        foreach (var source in article.Sources) json.WriteStringValue(source);
        json.WriteEndArray();
        json.WriteStartArray("removed");
        foreach (var removal in article.Removed)
        {
            json.WriteStartObject();
            json.WriteString("kind", removal.Kind.WireName());
            json.WriteString("rule", removal.Rule);
            json.WriteString("text", removal.Text);
            json.WriteNumber("position", removal.Position);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    private static byte[] Readable(CleanArticle article, bool explain)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        if (article.Title is not null) text.WriteLine($"# {article.Title}\n");
        text.WriteLine(article.Text);
        if (explain)
        {
            text.WriteLine();
            text.WriteLine(article.Removed.Count == 0 ? "-- nothing was removed" : "-- removed:");
            foreach (var removal in article.Removed) text.WriteLine($"   after line {removal.Position}: {removal.Kind.WireName()} ({removal.Rule}): {Output.Short(removal.Text, 100)}");
        }
        text.WriteLine();
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }
}
