using System.Text.Json;
using Ingest.Newsroom;

namespace Ingest.IntegrationTests.Harness;

/// <summary>The JSON Lines sink's file, read as a consumer would.</summary>
internal static class DeliveredFile
{
    public const string Name = "articles.jsonl";

    public static IReadOnlyList<JsonElement> Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        var events = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            events.Add(json.RootElement.Clone());
        }
        return events;
    }

    /// <summary>The path (with query) of the page an event's article came from, without tracking parameters.</summary>
    public static string PathOf(JsonElement message)
    {
        var url = new Uri(message.GetProperty("data").GetProperty("url").GetString()!);
        var query = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("utm_", StringComparison.Ordinal)).ToList();
        return query.Count == 0 ? url.AbsolutePath : $"{url.AbsolutePath}?{string.Join('&', query)}";
    }

    /// <summary>Every article of the world is in the file once, and nothing else.</summary>
    public static void HoldsEachOnce(NewsWorld world, IReadOnlyList<JsonElement> events)
    {
        var delivered = events.Select(PathOf).ToList();
        Assert.Empty(world.Articles.Select(article => article.Path).Except(delivered));
        Assert.Empty(delivered.Except(world.Articles.Select(article => article.Path)));
        Assert.DoesNotContain(delivered.CountBy(path => path), count => count.Value > 1);
        Assert.Equal(events.Count, events.Select(message => message.GetProperty("id").GetString()).Distinct().Count());
    }
}
