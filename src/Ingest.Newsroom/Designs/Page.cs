namespace Ingest.Newsroom;

/// <summary>What a design is given to show.</summary>
internal sealed record Page(string SiteName, string Language, string Title, IReadOnlyList<Piece> Body, IReadOnlyList<Piece.Leftover> Furniture)
{
    public string? Subtitle { get; init; }
    public string? Summary { get; init; }
    public string? Section { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? PublishedAt { get; init; }
    public Uri? Url { get; init; }
    public Uri? Image { get; init; }

    /// <summary>The furniture of one kind, or of one of its shapes.</summary>
    public IEnumerable<Piece.Leftover> Of(string shape) => Furniture.Where(p => p.Shape == shape);

    public static Page Of(NewsArticle article, Uri baseUri) =>
        new(article.Site.Name, article.Language, article.Title, article.Body, article.Furniture)
        {
            Subtitle = article.Subtitle,
            Summary = article.Summary,
            Section = article.Section,
            Authors = article.Authors,
            Tags = article.Tags,
            PublishedAt = article.PublishedAt,
            Url = new Uri(baseUri, article.Path),
            Image = new Uri(baseUri, $"/media/{Slug.Of(article.Title)}.png"),
        };
}
