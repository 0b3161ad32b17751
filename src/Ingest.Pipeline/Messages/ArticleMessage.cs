using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Core.Articles;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline.Messages;

/// <summary>
/// The message that leaves, version 1: a CloudEvents 1.0 envelope around the article. Its schema is <c>article.v1.schema.json</c> beside this
/// file. What is not computed or not known is absent.
/// </summary>
internal sealed class ArticleMessage(PendingArticle pending, CleanArticle article, string contentHash, DateTimeOffset fetchedAt)
{
    public const string Created = "ingest.article.created";
    public const string Duplicate = "ingest.article.duplicate";
    public const string Schema = "urn:ingest:schema:article:1";

    // Articles are read by people and by every kind of consumer: letters stay letters; the writer escapes what JSON needs.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int Revision = 1;

    /// <summary>The idempotency key: the article and its revision.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{pending.Id:D}:{Revision}");

    /// <summary>The data object as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Data()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        WriteIdentity(json);
        WriteText(json);
        WriteDescription(json);
        WriteLedger(json);
        WriteQuality(json);
        WriteRights(json);
        WriteFeed(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The whole event as one line of UTF-8 JSON, without a line end.</summary>
    public ReadOnlyMemory<byte> CloudEvent(ReadOnlyMemory<byte> data, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 512);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", Id);
        json.WriteString("source", string.Create(CultureInfo.InvariantCulture, $"/feeds/{pending.Feed.Id}"));
        json.WriteString("type", Created);
        json.WriteString("subject", pending.Id.ToString("D"));
        WriteTime(json, "time", time);
        json.WriteString("datacontenttype", "application/json");
        json.WriteString("dataschema", Schema);
        json.WritePropertyName("data");
        json.WriteRawValue(data.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteIdentity(Utf8JsonWriter json)
    {
        json.WriteString("articleId", pending.Id.ToString("D"));
        json.WriteNumber("revision", Revision);
        WriteUrl(json, "url", pending.Url);
        WriteUrl(json, "canonicalUrl", article.CanonicalUrl);
        WriteText(json, "title", article.Title);
        WriteText(json, "subtitle", article.Subtitle);
        WriteText(json, "summary", article.Summary);
    }

    private void WriteText(Utf8JsonWriter json)
    {
        json.WriteString("text", article.Text);
        json.WriteStartArray("paragraphs");
        foreach (var paragraph in article.Paragraphs)
        {
            json.WriteStartObject();
            json.WriteString("text", paragraph.Text);
            json.WriteNumber("start", paragraph.Start);
            json.WriteNumber("end", paragraph.End);
            json.WriteString("kind", paragraph.Kind.WireName());
            if (paragraph.Level > 0) json.WriteNumber("level", paragraph.Level);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteText(json, "markdown", article.Markdown);
        WriteText(json, "html", article.Html);
        WriteText(json, "language", article.Language);
        json.WriteNumber("wordCount", article.WordCount);
    }

    private void WriteDescription(Utf8JsonWriter json)
    {
        WriteList(json, "authors", article.Authors);
        WriteText(json, "publisher", article.Publisher);
        WriteText(json, "section", article.Section);
        WriteList(json, "tags", article.Tags);
        if (article.PublishedAt is { } published) WriteTime(json, "publishedAt", published);
        WriteText(json, "publishedAtSource", article.PublishedAtSource);
        if (article.ModifiedAt is { } modified) WriteTime(json, "modifiedAt", modified);
        WriteTime(json, "firstSeenAt", pending.FirstSeenAt);
        WriteTime(json, "fetchedAt", fetchedAt);
        WriteImages(json);
        WriteList(json, "sources", article.Sources);
    }

    // A credit whose picture is not known is still somebody's credit: an image with nothing else.
    private void WriteImages(Utf8JsonWriter json)
    {
        json.WriteStartArray("images");
        foreach (var image in article.Images) WriteImage(json, image.Url, image.Caption, image.Credit);
        foreach (var credit in article.Credits) WriteImage(json, url: null, caption: null, credit);
        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, Uri? url, string? caption, string? credit)
    {
        json.WriteStartObject();
        WriteUrl(json, "url", url);
        WriteText(json, "caption", caption);
        WriteText(json, "credit", credit);
        json.WriteEndObject();
    }

    private void WriteLedger(Utf8JsonWriter json)
    {
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
        json.WriteString("contentHash", $"sha256:{contentHash}");
    }

    private void WriteQuality(Utf8JsonWriter json)
    {
        json.WriteStartObject("quality");
        json.WriteNumber("score", Math.Round(article.Quality.Score, 3));
        json.WriteBoolean("truncated", article.Quality.Truncated);
        json.WriteBoolean("paywalled", article.Quality.Paywalled);
        json.WriteString("extractor", article.Quality.Extractor);
        json.WriteString("rulesVersion", ArticleExtractor.RulesVersion);
        json.WriteEndObject();
    }

    private void WriteRights(Utf8JsonWriter json)
    {
        if (article.Rights is not { } rights) return;
        json.WriteStartObject("rights");
        WriteList(json, "robots", rights.Robots);
        WriteText(json, "license", rights.License);
        if (rights.Tdm is { } tdm)
        {
            json.WriteStartObject("tdm");
            json.WriteBoolean("reserved", tdm.Reserved);
            WriteUrl(json, "policy", tdm.Policy);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteFeed(Utf8JsonWriter json)
    {
        json.WriteStartObject("feed");
        json.WriteNumber("id", pending.Feed.Id);
        WriteUrl(json, "url", pending.Feed.Url);
        WriteText(json, "title", pending.Feed.Title);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    private static void WriteUrl(Utf8JsonWriter json, string name, Uri? value)
    {
        if (value is not null) json.WriteString(name, value.AbsoluteUri);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset value) =>
        json.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
}
