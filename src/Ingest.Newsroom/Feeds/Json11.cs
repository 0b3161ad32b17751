using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ingest.Newsroom.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal static class Json11
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static byte[] Document(NewsFeed feed, IEnumerable<FeedEntry> entries, Uri baseUri) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                version = "https://jsonfeed.org/version/1.1",
                title = feed.Site.Name,
                home_page_url = new Uri(baseUri, feed.Site.HomePath).AbsoluteUri,
                feed_url = new Uri(baseUri, feed.Path).AbsoluteUri,
                language = feed.Site.Language,
                items = entries.Select(Item),
            },
            Options);

    private static object Item(FeedEntry entry) => new
    {
        id = entry.Id,
        url = entry.Link,
        title = entry.Article.Title,
        summary = entry.Article.Summary,
        content_html = entry.Content,
        content_text = entry.Content is null ? entry.Article.Summary : null,
        date_published = entry.Iso,
        authors = entry.Article.Authors.Select(name => new { name }),
        tags = entry.Article.Tags,
    };
}
