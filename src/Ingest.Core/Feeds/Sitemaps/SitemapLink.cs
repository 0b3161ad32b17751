namespace Ingest.Core.Feeds.Sitemaps;

/// <summary>A sitemap that an index lists.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Modified">When it last changed; null when not said.</param>
public sealed record SitemapLink(Uri Url, DateTimeOffset? Modified)
{
    /// <summary>Those that most likely hold what is new: the news', then the latest changed, then as the index has them.</summary>
    public static IReadOnlyList<SitemapLink> Newest(IReadOnlyList<SitemapLink> sitemaps, int most) =>
    [
        .. sitemaps.OrderBy(sitemap => sitemap.Url.PathAndQuery.Contains("news", StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenByDescending(sitemap => sitemap.Modified ?? DateTimeOffset.MinValue).Take(most),
    ];
}
