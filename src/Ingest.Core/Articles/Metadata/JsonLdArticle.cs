using System.Text.Json;

namespace Ingest.Core.Articles.Metadata;

/// <summary>The article that a page's JSON-LD describes (schema.org Article and its kinds). Broken JSON is no article.</summary>
internal sealed record JsonLdArticle
{
    private const int DeepestGraph = 6;

    public string? Headline { get; init; }
    public string? AlternativeHeadline { get; init; }
    public string? Description { get; init; }
    public string? Body { get; init; }
    public string? Published { get; init; }
    public string? Modified { get; init; }
    public string? Publisher { get; init; }
    public string? Section { get; init; }
    public string? Language { get; init; }
    public bool? Free { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public IReadOnlyList<string> Images { get; init; } = [];

    public static JsonLdArticle? Find(IReadOnlyList<string> scripts)
    {
        foreach (var script in scripts)
        {
            using var json = Parse(script);
            if (json is not null && Article(json.RootElement, 0) is { } found)
                return Read(found);
        }
        return null;
    }

    private static JsonDocument? Parse(string script)
    {
        try
        {
            var text = script.AsMemory().Trim();
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Article(JsonElement at, int depth)
    {
        if (depth > DeepestGraph)
            return null;
        if (at.ValueKind == JsonValueKind.Array)
            return at.EnumerateArray().Select(e => Article(e, depth + 1)).FirstOrDefault(e => e is not null);
        if (at.ValueKind != JsonValueKind.Object)
            return null;
        if (IsArticle(at))
            return at;
        foreach (var name in (ReadOnlySpan<string>)["@graph", "mainEntity", "mainEntityOfPage"])
            if (at.TryGetProperty(name, out var inner) && Article(inner, depth + 1) is { } found)
                return found;
        return null;
    }

    private static bool IsArticle(JsonElement at) => Texts(at, "@type").Any(t =>
        t.EndsWith("Article", StringComparison.Ordinal) || t.EndsWith("Posting", StringComparison.Ordinal) || t is "Report" or "Review" or "OpinionPiece" or "CriticReview");

    private static JsonLdArticle Read(JsonElement at) => new()
    {
        Headline = Text(at, "headline") ?? Text(at, "name"),
        AlternativeHeadline = Text(at, "alternativeHeadline"),
        Description = Text(at, "description"),
        Body = Text(at, "articleBody"),
        Published = Text(at, "datePublished") ?? Text(at, "dateCreated"),
        Modified = Text(at, "dateModified"),
        Publisher = Text(at, "publisher"),
        Section = Text(at, "articleSection"),
        Language = Text(at, "inLanguage"),
        Free = at.TryGetProperty("isAccessibleForFree", out var free) ? !string.Equals(free.ToString(), "false", StringComparison.OrdinalIgnoreCase) : null,
        Authors = [.. Texts(at, "author")],
        Keywords = [.. Texts(at, "keywords").SelectMany(k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        Images = [.. Texts(at, "image").Take(20)],
    };

    private static string? Text(JsonElement at, string name) => Texts(at, name).FirstOrDefault();

    // A value is a string, an object with a name, an address or an id, or a list of them.
    private static IEnumerable<string> Texts(JsonElement at, string name) =>
        at.TryGetProperty(name, out var value) ? Values(value, 0).Select(v => v.Trim()).Where(v => v.Length > 0) : [];

    private static IEnumerable<string> Values(JsonElement value, int depth)
    {
        if (depth > 3)
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [System.Net.WebUtility.HtmlDecode(value.GetString()!)],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(v => Values(v, depth + 1)),
            JsonValueKind.Object when value.TryGetProperty("name", out var name) => Values(name, depth + 1),
            JsonValueKind.Object when value.TryGetProperty("url", out var url) => Values(url, depth + 1),
            _ => [],
        };
    }
}
