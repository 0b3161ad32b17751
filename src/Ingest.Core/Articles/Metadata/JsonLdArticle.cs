using System.Net;
using System.Text.Json;

namespace Ingest.Core.Articles.Metadata;

/// <summary>The article that a page's JSON-LD describes (schema.org Article, its kinds, and other works that a page can be about).</summary>
internal sealed record JsonLdArticle
{
    private const int DeepestValue = 4;

    public string? Headline { get; init; }
    public string? AlternativeHeadline { get; init; }
    public string? Description { get; init; }
    public string? Body { get; init; }
    public string? Published { get; init; }
    public string? Modified { get; init; }
    public string? Publisher { get; init; }
    public string? Section { get; init; }
    public string? Language { get; init; }
    public string? License { get; init; }
    public bool? Free { get; init; }

    /// <summary>It is a film or a sound that the page shows, and may be older or younger than the page.</summary>
    public bool IsMedia { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The article among everything that the scripts describe; null when there is none.</summary>
    /// <param name="scripts">The scripts' texts.</param>
    /// <param name="titles">What the head calls the page: where several articles are described, the one that says the same is the page's.</param>
    public static JsonLdArticle? Find(IReadOnlyList<ReadOnlyMemory<char>> scripts, params IReadOnlyList<string> titles)
    {
        if (scripts.Count == 0)
            return null;
        using var graph = JsonLd.Read(scripts);
        JsonElement? best = null;
        var most = 0;
        foreach (var node in graph.Nodes)
            if (Rank(graph, node, titles) is var rank && rank > most)
                (best, most) = (node, rank);
        return best is { } article ? Read(graph, article) : null;
    }

    private static int Rank(JsonLd graph, JsonElement node, IReadOnlyList<string> titles)
    {
        var kind = Texts(graph, node, "@type").Select(RankOfType).DefaultIfEmpty(0).Max();
        if (kind == 0)
            return 0;
        var headline = Text(graph, node, "headline") ?? Text(graph, node, "name");
        var known = headline is { Length: > 5 } && titles.Any(t => t.Contains(headline, StringComparison.OrdinalIgnoreCase) || headline.Contains(t, StringComparison.OrdinalIgnoreCase));
        return kind + (known ? 8 : 0) + (node.TryGetProperty("datePublished", out _) ? 2 : 0) + (node.TryGetProperty("author", out _) ? 1 : 0);
    }

    private static int RankOfType(string type) => type[(type.LastIndexOf('/') + 1)..] switch
    {
        "LiveBlogPosting" => 20,
        var t when t.EndsWith("Article", StringComparison.Ordinal) || t.EndsWith("Posting", StringComparison.Ordinal) => 20,
        "Report" or "Review" or "OpinionPiece" or "CriticReview" or "Recipe" or "HowTo" or "PodcastEpisode" => 16,
        "VideoObject" or "CreativeWork" or "AudioObject" or "Episode" => 6,
        "WebPage" or "ItemPage" or "AboutPage" => 3,
        _ => 0,
    };

    private static JsonLdArticle Read(JsonLd graph, JsonElement at) => new()
    {
        Headline = Text(graph, at, "headline") ?? Text(graph, at, "name"),
        AlternativeHeadline = Text(graph, at, "alternativeHeadline"),
        Description = Text(graph, at, "description"),
        Body = Text(graph, at, "articleBody"),
        Published = Text(graph, at, "datePublished") ?? Text(graph, at, "dateCreated") ?? Text(graph, at, "uploadDate"),
        Modified = Text(graph, at, "dateModified"),
        Publisher = Text(graph, at, "publisher"),
        Section = Text(graph, at, "articleSection"),
        Language = Text(graph, at, "inLanguage"),
        License = Text(graph, at, "license"),
        Free = at.TryGetProperty("isAccessibleForFree", out var free) ? !string.Equals(free.ToString(), "false", StringComparison.OrdinalIgnoreCase) : null,
        IsMedia = Texts(graph, at, "@type").All(type => type is "VideoObject" or "AudioObject"),
        Authors = [.. Texts(graph, at, "author").DefaultIfEmpty(Text(graph, at, "creator") ?? "").Where(name => name.Length > 0)],
        Keywords = [.. Texts(graph, at, "keywords").SelectMany(k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        Images = [.. Addresses(graph, at, "image").Take(20)],
    };

    private static string? Text(JsonLd graph, JsonElement at, string name) => Texts(graph, at, name).FirstOrDefault();

    private static IEnumerable<string> Texts(JsonLd graph, JsonElement at, string name) => Strings(graph, at, name, "name");

    private static IEnumerable<string> Addresses(JsonLd graph, JsonElement at, string name) => Strings(graph, at, name, "url");

    private static IEnumerable<string> Strings(JsonLd graph, JsonElement at, string name, string wanted) =>
        at.TryGetProperty(name, out var value) ? Values(graph, value, wanted, 0).Select(v => v.Trim()).Where(v => v.Length > 0) : [];

    // A value is a string, an object with a name or an address, a reference to one, or a list of them.
    private static IEnumerable<string> Values(JsonLd graph, JsonElement value, string wanted, int depth)
    {
        if (depth > DeepestValue)
            return [];
        if (value.ValueKind == JsonValueKind.String)
            return [WebUtility.HtmlDecode(value.GetString()!)];
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().SelectMany(v => Values(graph, v, wanted, depth + 1));
        var node = graph.Resolve(value);
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        foreach (var name in (ReadOnlySpan<string>)[wanted, "name", "url", "contentUrl", "@value"])
            if (node.TryGetProperty(name, out var inner) && Values(graph, inner, wanted, depth + 1).ToList() is { Count: > 0 } found)
                return found;
        return node.TryGetProperty("givenName", out var given) && node.TryGetProperty("familyName", out var family) ? [$"{given} {family}"] : [];
    }
}
