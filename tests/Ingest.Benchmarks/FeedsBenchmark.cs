using System.Globalization;
using System.Xml;
using Ingest.Core.Feeds;

namespace Ingest.Benchmarks;

/// <summary>Bytes to parsed feed, against nothing but reading the same document's nodes with <see cref="XmlReader"/>.</summary>
internal static class FeedsBenchmark
{
    private const int Rounds = 21;

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Ignore };

    public static async Task<Report> RunAsync(string? folder, CancellationToken stop)
    {
        var all = await Samples.FeedsAsync(folder, stop);
        var xml = all.Where(document => !IsJson(document)).ToList();
        var feeds = xml.Where(CanRead).ToList();
        if (feeds.Count == 0) throw new InvalidOperationException("there is no feed that both sides can read");
        var parsed = feeds.Select(document => new FeedParser().Parse(document)).OfType<FeedParseOutcome.Parsed>().ToList();
        var sides = await Measure.InterleaveAsync(Rounds, [Ours(feeds), Theirs([.. feeds.Select(feed => feed.Body.ToArray())])], stop);
        return new Report(Subject(feeds, parsed), "feed", sides)
        {
            Notes = [$"left out: {all.Count - xml.Count} JSON feeds, {xml.Count - feeds.Count} documents that XmlReader refuses"],
            Ratio = sides[0].RatioTo(sides[1]),
            Faults = [.. Faults(feeds.Count, parsed)],
        };
    }

    private static string Subject(List<FeedDocument> feeds, List<FeedParseOutcome.Parsed> parsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"feeds against xmlreader: {feeds.Count} feeds of {feeds.Average(feed => feed.Body.Length) / 1024:0.0} KB and {parsed.Sum(outcome => outcome.Feed.Entries.Count) / (double)feeds.Count:0.0} entries on average");

    private static IEnumerable<string> Faults(int feeds, List<FeedParseOutcome.Parsed> parsed)
    {
        if (parsed.Count < feeds) yield return $"{feeds - parsed.Count} of {feeds} documents are no feed to Ingest";
        if (parsed.All(outcome => outcome.Feed.Entries.Count == 0)) yield return "no feed gave an entry";
    }

    private static Side Ours(List<FeedDocument> feeds)
    {
        var parser = new FeedParser();
        return new Side("Ingest: bytes to feed", () =>
        {
            foreach (var feed in feeds) parser.Parse(feed);
            return Task.FromResult(feeds.Count);
        });
    }

    private static Side Theirs(List<byte[]> feeds) => new("XmlReader: every node", () =>
    {
        foreach (var feed in feeds)
        {
            if (ReadAll(feed) == 0) throw new InvalidOperationException("XmlReader read nothing");
        }
        return Task.FromResult(feeds.Count);
    });

    private static int ReadAll(byte[] feed)
    {
        using var stream = new MemoryStream(feed, writable: false);
        using var reader = XmlReader.Create(stream, Reading);
        var nodes = 0;
        while (reader.Read()) nodes++;
        return nodes;
    }

    private static bool CanRead(FeedDocument feed)
    {
        try
        {
            return ReadAll(feed.Body.ToArray()) > 0;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsJson(FeedDocument feed) => feed.Body.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..];
}
