using System.Globalization;
using System.Text.Json;
using System.Xml;
using Ingest.Core.Feeds;

namespace Ingest.Benchmarks;

/// <summary>
/// Bytes to parsed feed, addresses resolved, against a bare walk of <see cref="XmlReader"/> over the same bytes that reads every name, value and attribute; JSON Feeds against
/// <see cref="JsonDocument"/>. HTML is made safe when it is asked for, so that is a side of its own.
/// </summary>
internal static class FeedsBenchmark
{
    private const int Rounds = 21;

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Ignore };

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        var all = await Samples.FeedsAsync(folder, stop);
        var json = all.Where(IsJson).ToList();
        var xml = all.Where(document => !IsJson(document)).ToList();
        var feeds = xml.Where(CanRead).ToList();
        if (feeds.Count == 0) throw new InvalidOperationException("there is no feed that both sides can read");
        var parsed = feeds.Select(document => new FeedParser().Parse(document)).OfType<FeedParseOutcome.Parsed>().ToList();
        var sides = await Measure.InterleaveAsync(
            Rounds, [Ours("Ingest: bytes to feed", feeds, _ => { }), Theirs("XmlReader: names, values, attributes", feeds, WalkXml), Ours("Ingest: the same, HTML made safe", feeds, MakeSafe)], stop);
        var jsonSides = json.Count == 0
            ? []
            : await Measure.InterleaveAsync(Rounds, [Ours("Ingest: bytes to JSON Feed", json, _ => { }), Theirs("JsonDocument: parsed", json, ParseJson)], stop);
        return new Report(Subject(feeds, parsed), "feed", [.. sides, .. jsonSides])
        {
            Notes = [.. Notes(feeds, sides, jsonSides), $"left out: {xml.Count - feeds.Count} documents that XmlReader refuses"],
            Ratio = sides[0].RatioTo(sides[1]),
            Faults = [.. Faults(feeds.Count, parsed)],
        };
    }

    private static string Subject(List<FeedDocument> feeds, List<FeedParseOutcome.Parsed> parsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"feeds against xmlreader: {feeds.Count} feeds of {feeds.Average(feed => feed.Body.Length) / 1024:0.0} KB ({feeds.Min(feed => feed.Body.Length) / 1024}-{feeds.Max(feed => feed.Body.Length) / 1024}) and {parsed.Sum(outcome => outcome.Feed.Entries.Count) / (double)feeds.Count:0.0} entries on average");

    private static IEnumerable<string> Notes(List<FeedDocument> feeds, IReadOnlyList<Measured> sides, IReadOnlyList<Measured> json)
    {
        var megabytes = feeds.Average(feed => feed.Body.Length) / 1_000_000;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"MB a CPU second: {megabytes / sides[0].CpuMilliseconds.Median * 1000:0}, with HTML made safe {megabytes / sides[2].CpuMilliseconds.Median * 1000:0}; XmlReader {megabytes / sides[1].CpuMilliseconds.Median * 1000:0}");
        yield return string.Create(CultureInfo.InvariantCulture, $"ratio with HTML made safe: {sides[2].RatioTo(sides[1]).Median:0.00}");
        if (json.Count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"ratio of JSON Feed to JsonDocument: {json[0].RatioTo(json[1]).Median:0.00}");
    }

    private static IEnumerable<string> Faults(int feeds, List<FeedParseOutcome.Parsed> parsed)
    {
        if (parsed.Count < feeds) yield return $"{feeds - parsed.Count} of {feeds} documents are no feed to Ingest";
        if (parsed.All(outcome => outcome.Feed.Entries.Count == 0)) yield return "no feed gave an entry";
    }

    private static Side Ours(string name, List<FeedDocument> feeds, Action<FeedParseOutcome> then)
    {
        var parser = new FeedParser();
        return new Side(name, () =>
        {
            foreach (var feed in feeds) then(parser.Parse(feed));
            return Task.FromResult(feeds.Count);
        });
    }

    private static void MakeSafe(FeedParseOutcome outcome)
    {
        if (outcome is not FeedParseOutcome.Parsed(var feed)) return;
        _ = feed.Description;
        foreach (var entry in feed.Entries) _ = (entry.Content, entry.Summary);
    }

    private static Side Theirs(string name, List<FeedDocument> feeds, Func<byte[], int> read)
    {
        List<byte[]> bodies = [.. feeds.Select(feed => feed.Body.ToArray())];
        return new Side(name, () =>
        {
            foreach (var body in bodies)
            {
                if (read(body) == 0) throw new InvalidOperationException($"{name}: nothing read");
            }
            return Task.FromResult(bodies.Count);
        });
    }

    private static int ParseJson(byte[] feed)
    {
        using var document = JsonDocument.Parse(feed);
        return document.RootElement.GetProperty("items").GetArrayLength();
    }

    private static int WalkXml(byte[] feed)
    {
        using var stream = new MemoryStream(feed, writable: false);
        using var reader = XmlReader.Create(stream, Reading);
        var characters = 0;
        while (reader.Read())
        {
            characters += reader.Name.Length + reader.Value.Length;
            while (reader.MoveToNextAttribute()) characters += reader.Name.Length + reader.Value.Length;
        }
        return characters;
    }

    private static bool CanRead(FeedDocument feed)
    {
        try
        {
            return WalkXml(feed.Body.ToArray()) > 0;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsJson(FeedDocument feed) => feed.Body.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..];
}
