using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Core.Articles;

namespace Ingest.Worker.Cli;

/// <summary>What came of an input as a JSON object: on one line what texts are judged by, or indented with everything, by the message's names.</summary>
internal sealed record ExtractJson(bool IsLine, ArticleForms Wanted, bool WithLines) : ExtractPrinter(Wanted | (WithLines ? ArticleForms.Lines : ArticleForms.None))
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override ReadOnlyMemory<byte> Print(ExtractedInput input)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Writing with { Indented = !IsLine }))
        {
            json.WriteStartObject();
            json.WriteString("id", input.Id);
            if (IsLine) json.WriteString("text", input.Article?.Text ?? "");
            WriteText(json, "error", input.Error);
            if (input.Article is { } article) WriteArticle(json, article);
            if (WithLines) WriteList(json, "lines", input.Outcome?.Lines ?? [], line => WriteLine(json, line));
            json.WriteNumber("ms", Math.Round(input.Elapsed.TotalMilliseconds, 3));
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private void WriteArticle(Utf8JsonWriter json, CleanArticle article)
    {
        if (IsLine) WriteShort(json, article);
        else WriteWhole(json, article);
        WriteText(json, "markdown", article.Markdown);
        WriteText(json, "html", article.Html);
        WriteList(json, "sources", article.Sources, json.WriteStringValue);
        WriteList(json, "removed", article.Removed, removal => WriteRemoval(json, removal));
    }

    private static void WriteShort(Utf8JsonWriter json, CleanArticle article)
    {
        WriteText(json, "title", article.Title);
        WriteText(json, "author", string.Join(", ", article.Authors));
        WriteText(json, "date", Time(article.PublishedAt));
        WriteText(json, "lang", article.Language);
        WriteText(json, "credit", string.Join("; ", article.Credits.Concat(article.Images.Select(image => image.Credit).OfType<string>()).Distinct()));
    }

    private static void WriteWhole(Utf8JsonWriter json, CleanArticle article)
    {
        WriteText(json, "canonicalUrl", article.CanonicalUrl?.AbsoluteUri);
        WriteText(json, "title", article.Title);
        WriteText(json, "subtitle", article.Subtitle);
        WriteText(json, "summary", article.Summary);
        json.WriteString("text", article.Text);
        WriteList(json, "paragraphs", article.Paragraphs, paragraph => WriteParagraph(json, paragraph));
        WriteText(json, "language", article.Language);
        json.WriteNumber("wordCount", article.WordCount);
        WriteList(json, "authors", article.Authors, json.WriteStringValue);
        WriteText(json, "publisher", article.Publisher);
        WriteText(json, "section", article.Section);
        WriteList(json, "tags", article.Tags, json.WriteStringValue);
        WriteText(json, "publishedAt", Time(article.PublishedAt));
        WriteText(json, "publishedAtSource", article.PublishedAtSource);
        WriteText(json, "modifiedAt", Time(article.ModifiedAt));
        WriteList(json, "images", [.. article.Images.Select(image => (image.Url.AbsoluteUri, image.Caption, image.Credit)), .. article.Credits.Select(credit => ((string?)null, (string?)null, credit))], image => WriteImage(json, image));
        json.WriteStartObject("quality");
        json.WriteNumber("score", article.Quality.Score);
        json.WriteBoolean("truncated", article.Quality.Truncated);
        json.WriteBoolean("paywalled", article.Quality.Paywalled);
        json.WriteString("extractor", article.Quality.Extractor);
        json.WriteEndObject();
    }

    private static void WriteParagraph(Utf8JsonWriter json, Paragraph paragraph)
    {
        json.WriteStartObject();
        json.WriteString("text", paragraph.Text);
        json.WriteNumber("start", paragraph.Start);
        json.WriteNumber("end", paragraph.End);
        json.WriteString("kind", paragraph.Kind.WireName());
        if (paragraph.Level > 0) json.WriteNumber("level", paragraph.Level);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, (string? Url, string? Caption, string? Credit) image)
    {
        json.WriteStartObject();
        WriteText(json, "url", image.Url);
        WriteText(json, "caption", image.Caption);
        WriteText(json, "credit", image.Credit);
        json.WriteEndObject();
    }

    private static void WriteRemoval(Utf8JsonWriter json, Removal removal)
    {
        json.WriteStartObject();
        json.WriteString("kind", removal.Kind.WireName());
        json.WriteString("rule", removal.Rule);
        json.WriteString("text", removal.Text);
        json.WriteNumber("position", removal.Position);
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, PageLine line)
    {
        json.WriteStartObject();
        json.WriteString("fate", line.Fate.ToString().ToLowerInvariant());
        WriteText(json, "kind", line.Kind?.WireName());
        WriteText(json, "rule", line.Rule);
        json.WriteString("text", line.Text);
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values) write(value);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }
}
