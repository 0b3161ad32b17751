using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Core.Feeds;
using Ingest.Worker.Hosting;

namespace Ingest.Worker.Cli;

/// <summary><c>ingest parse …</c>: parse feeds without a database.</summary>
internal static class ParseCommand
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Feed files, folders of them, or addresses; with --jsonl also a folder and a list of inputs: DIR INPUTS.jsonl",
            Arity = ArgumentArity.OneOrMore,
        };
        var jsonl = new Option<bool>("--jsonl") { Description = "One JSON object a line for each input" };
        var command = new Command("parse", "Parse feeds without a database") { inputs, jsonl };
        command.SetAction((call, stop) => ParseAsync(call, call.GetRequiredValue(inputs), call.GetValue(jsonl), stop));
        return command.WithExamples("ingest parse feed.xml", "ingest parse --jsonl feeds/ inputs.jsonl", "ingest parse https://example.org/feed.xml");
    }

    private static async Task<int> ParseAsync(ParseResult call, string[] arguments, bool jsonl, CancellationToken stop)
    {
        await using var tools = Toolbox.Create(GlobalOptions.Settings(call));
        var parser = tools.Get<FeedParser>();
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var failed = 0;
        foreach (var input in List(arguments, jsonl))
        {
            var outcome = Parse(parser, input, await Inputs.ReadAsync(input.Path, () => tools, stop));
            if (outcome is FeedParseOutcome.NotAFeed not)
            {
                failed++;
                // In a list of many the line says it too.
                if (!jsonl) await Console.Error.WriteLineAsync($"ingest: {input.Path}: not a feed: {not.Why}");
            }
            if (jsonl) await output.WriteAsync(Line(input.Id, outcome), stop);
            else if (outcome is FeedParseOutcome.Parsed parsed) await output.WriteAsync(Readable(parsed.Feed), stop);
        }
        await output.FlushAsync(stop);
        return failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    /// <summary>Either a folder and a list of inputs in it, or files, folders and addresses.</summary>
    private static IEnumerable<FeedInput> List(string[] arguments, bool jsonl)
    {
        if (jsonl && arguments is [var folder, var list] && Directory.Exists(folder) && list.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            return ReadList(folder, list);
        return arguments.SelectMany(argument => Inputs.Expand(argument)).Select(input => new FeedInput(Inputs.IdOf(input), input, null, null, null, null));
    }

    private static IEnumerable<FeedInput> ReadList(string folder, string list)
    {
        if (!File.Exists(list)) throw new UserErrorException($"there is no list of inputs {list}");
        var number = 0;
        foreach (var line in File.ReadLines(list))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            yield return ReadInput(folder, line) ?? throw new UserErrorException($"{list}, line {number}: not an object with \"id\" and \"file\"");
        }
    }

    private static FeedInput? ReadInput(string folder, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var headers = root.TryGetProperty("headers", out var given)
                ? given.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString(), StringComparer.OrdinalIgnoreCase)
                : [];
            var url = root.TryGetProperty("url", out var address) && Uri.TryCreate(address.GetString(), UriKind.Absolute, out var parsed) ? parsed : null;
            return new FeedInput(
                root.GetProperty("id").GetString()!, Path.Combine(folder, root.GetProperty("file").GetString()!), headers.GetValueOrDefault("Content-Type"), url,
                headers.GetValueOrDefault("Content-Location"), headers.GetValueOrDefault("Content-Language"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            return null;
        }
    }

    private sealed record FeedInput(string Id, string Path, string? ContentType, Uri? Url, string? ContentLocation, string? ContentLanguage);

    private static FeedParseOutcome Parse(FeedParser parser, FeedInput input, InputOutcome read) => read switch
    {
        InputOutcome.Read document => parser.Parse(new FeedDocument(document.Body)
        {
            ContentType = input.ContentType ?? document.ContentType,
            Url = input.Url ?? document.Url,
            ContentLocation = input.ContentLocation ?? document.ContentLocation,
            ContentLanguage = input.ContentLanguage ?? document.ContentLanguage,
        }),
        InputOutcome.Unreadable unreadable => new FeedParseOutcome.NotAFeed(unreadable.Why),
        _ => throw new InvalidOperationException("a new kind of outcome"),
    };

    private static ReadOnlyMemory<byte> Line(string id, FeedParseOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Writing)) FeedJson.Write(json, id, outcome);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static byte[] Readable(ParsedFeed feed)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {feed.Title ?? "(no title)"} ({feed.Format}, {feed.Encoding}{(feed.Malformed ? ", malformed" : "")}, {feed.Entries.Count} entries)");
        foreach (var problem in feed.Problems) text.AppendLine($"  ! {Words(problem)}");
        foreach (var entry in feed.Entries) text.AppendLine($"  {Output.Instant(entry.Published ?? entry.Updated)}  {Output.Short(entry.Title, 80)}  {entry.Link}");
        return Encoding.UTF8.GetBytes(text.AppendLine().ToString());
    }

    /// <summary>"bare ampersand: line 3, column 14; line 9, column 2; 12 in all".</summary>
    public static string Words(FeedProblem problem)
    {
        var kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Kind.ToString()).Replace('_', ' ');
        var places = problem.Places.Take(3).Select(Words).OfType<string>().ToList();
        if (problem.Count > places.Count && problem.Count > 1) places.Add($"{problem.Count} in all");
        return places.Count == 0 ? kind : $"{kind}: {string.Join("; ", places)}";
    }

    private static string? Words(ProblemPlace place) => place switch
    {
        { Line: { } line, Column: { } column } => $"line {line}, column {column}",
        { Entry: { } entry } => $"entry {entry + 1}",
        _ => null,
    };
}
