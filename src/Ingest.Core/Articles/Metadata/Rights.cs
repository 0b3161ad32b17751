using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Reads what a page says of its use: robots directives, its licence, and the TDM Reservation Protocol (W3C community group report, meta elements and headers).</summary>
internal static class Rights
{
    private const int MostDirectives = 20;
    private static readonly string[] Valued = ["max-snippet:", "max-image-preview:", "max-video-preview:", "unavailable_after:"];

    public static ArticleRights? Find(HeadReader head, JsonLdArticle? json, PageScan scan, UseHeaders? headers, Uri? page)
    {
        var robots = Robots(head, headers);
        var license = License(head, json, scan, page);
        var tdm = Tdm(head, headers, page);
        return robots.Count == 0 && license is null && tdm is null ? null : new ArticleRights(robots, license, tdm);
    }

    private static List<string> Robots(HeadReader head, UseHeaders? headers) =>
        [.. head.Metas("robots").Concat(head.Metas("googlebot-news")).Concat(OfAnybody(headers?.Robots)).SelectMany(value => value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(Spaces.Squeeze).Distinct(StringComparer.Ordinal).Take(MostDirectives)];

    // "noarchive, otherbot: noindex": what follows an agent's name is said to it alone.
    private static IEnumerable<string> OfAnybody(string? header) =>
        (header ?? "").Split(',').TakeWhile(part => !part.Contains(':', StringComparison.Ordinal) || Valued.Any(name => part.TrimStart().StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    // A link beside the text may be a picture's; what the head says comes first.
    private static string? License(HeadReader head, JsonLdArticle? json, PageScan scan, Uri? page)
    {
        var linked = MetadataReader.Address(head.License, page) ?? MetadataReader.Address(json?.License, page)
            ?? MetadataReader.Address(scan.Properties.FirstOrDefault(p => p.Name == "license")?.Value, page);
        var named = json?.License ?? head.Meta("dcterms.license", "dc.rights.license", "license");
        return linked?.AbsoluteUri ?? (string.IsNullOrWhiteSpace(named) ? null : Spaces.Squeeze(named));
    }

    private static TdmReservation? Tdm(HeadReader head, UseHeaders? headers, Uri? page)
    {
        var policy = MetadataReader.Address(head.Meta("tdm-policy") ?? headers?.TdmPolicy, page);
        return (head.Meta("tdm-reservation") ?? headers?.TdmReservation)?.Trim() switch
        {
            "1" => new TdmReservation(true, policy),
            "0" => new TdmReservation(false, policy),
            _ => null,
        };
    }
}
