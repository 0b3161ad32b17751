using System.Text.Json;

namespace Ingest.Worker.Dashboard;

/// <summary>The message's data as far as a page shows it; its shape is the message's schema.</summary>
internal sealed record ArticleData
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public string? Subtitle { get; init; }
    public string? CanonicalUrl { get; init; }
    public string? Publisher { get; init; }
    public string? Section { get; init; }
    public string? PublishedAtSource { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
    public DateTimeOffset? FetchedAt { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Sources { get; init; } = [];
    public IReadOnlyList<ImageData> Images { get; init; } = [];
    public IReadOnlyList<ParagraphData> Paragraphs { get; init; } = [];
    public IReadOnlyList<RemovalData> Removed { get; init; } = [];
    public QualityData? Quality { get; init; }

    public static ArticleData Parse(string json) => JsonSerializer.Deserialize<ArticleData>(json, Reading) ?? new ArticleData();
}

internal sealed record ParagraphData(string Text, string Kind);

internal sealed record RemovalData(string Kind, string Rule, string Text, int Position);

internal sealed record ImageData(string? Url, string? Caption, string? Credit);

internal sealed record QualityData(double Score, bool Truncated, bool Paywalled, string Extractor, string RulesVersion);
