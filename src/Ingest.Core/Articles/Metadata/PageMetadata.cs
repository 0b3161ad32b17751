namespace Ingest.Core.Articles.Metadata;

/// <summary>What a page says of its article outside of the text. Lists are in order of trust, best first.</summary>
internal sealed record PageMetadata
{
    public IReadOnlyList<string> Titles { get; init; } = [];
    public string? Subtitle { get; init; }
    public string? Summary { get; init; }
    public string? Language { get; init; }
    public Uri? CanonicalUrl { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public string? Publisher { get; init; }
    public string? Section { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? PublishedAt { get; init; }
    public string? PublishedAtSource { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
    public IReadOnlyList<ArticleImage> Images { get; init; } = [];

    /// <summary>The whole text as the page's JSON-LD gives it.</summary>
    public string? Body { get; init; }
    public bool Paywalled { get; init; }
    public ArticleRights? Rights { get; init; }
}
