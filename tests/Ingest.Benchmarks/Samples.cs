using System.IO.Compression;
using System.Text.Unicode;
using Ingest.Core.Articles;
using Ingest.Core.Feeds;
using Ingest.Newsroom;

namespace Ingest.Benchmarks;

/// <summary>What is measured on: the files of a folder and of those in it, or else the sample newsroom's, as its server sends them.</summary>
internal static class Samples
{
    /// <summary>Of these newsrooms' feeds 100 and more in XML are of 50 to 500 KB.</summary>
    private const int NewsroomsOfFeeds = 10;
    private const int ArticlesOfABusySite = 80;
    private const string Utf8Html = "text/html; charset=utf-8";

    public static async Task<IReadOnlyList<PageInput>> PagesAsync(string? folder, CancellationToken stop)
    {
        if (folder is not null) return [.. Files(folder, ".html", ".html.gz").Select(SavedPage)];
        await using var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions(), stop);
        return await PagesAsync(newsroom.World.Articles.Select(article => new Uri(newsroom.BaseUri, article.Path)), stop);
    }

    public static async Task<IReadOnlyList<PageInput>> PagesAsync(IEnumerable<Uri> addresses, CancellationToken stop) =>
        await GetAsync(addresses, (url, type, body) => new PageInput(body, PageFormat.Html) { ContentType = type, Url = url }, stop);

    public static async Task<IReadOnlyList<FeedDocument>> FeedsAsync(string? folder, CancellationToken stop)
    {
        if (folder is not null) return [.. Files(folder, "").Select(file => new FeedDocument(Read(file)))];
        var feeds = new List<FeedDocument>();
        for (var seed = 1; seed <= NewsroomsOfFeeds; seed++)
        {
            await using var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions { Seed = seed, ArticlesPerSite = ArticlesOfABusySite }, stop);
            var addresses = newsroom.World.Feeds.Select(feed => new Uri(newsroom.BaseUri, feed.Path));
            feeds.AddRange(await GetAsync(addresses, (url, type, body) => new FeedDocument(body) { ContentType = type, Url = url }, stop));
        }
        return [.. feeds.Where(feed => feed.Body.Length is >= 50_000 and <= 500_000)];
    }

    private static async Task<IReadOnlyList<T>> GetAsync<T>(IEnumerable<Uri> addresses, Func<Uri, string?, byte[], T> read, CancellationToken stop)
    {
        using var http = new HttpClient();
        var documents = new List<T>();
        foreach (var address in addresses)
        {
            using var response = await http.GetAsync(address, stop);
            response.EnsureSuccessStatusCode();
            documents.Add(read(address, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync(stop)));
        }
        return documents;
    }

    private static List<string> Files(string folder, params string[] endings)
    {
        if (!Directory.Exists(folder)) throw new InvalidOperationException($"there is no folder {folder}");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new InvalidOperationException($"nothing to measure in {folder}");
    }

    // A saved page has lost its header: what is valid UTF-8 is UTF-8, whatever the page says of itself.
    private static PageInput SavedPage(string file)
    {
        var body = Read(file);
        return new PageInput(body, PageFormat.Html) { ContentType = Utf8.IsValid(body) ? Utf8Html : null };
    }

    private static byte[] Read(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return File.ReadAllBytes(file);
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
