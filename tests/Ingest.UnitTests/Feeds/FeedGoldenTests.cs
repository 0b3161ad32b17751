using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Core.Feeds;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedGoldenTests
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Documents => [.. GoldenFiles.In("feeds")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_reads_as_expected(string document)
    {
        var outcome = new FeedParser().Parse(new FeedDocument(GoldenFiles.Read(document)) { Url = new Uri("https://feeds.example/dir/feed") });
        GoldenFiles.Check(document, Json(document, outcome));
    }

    private static string Json(string id, FeedParseOutcome outcome)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            FeedJson.Write(json, id, outcome);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
