using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Reads what a page says of its use: robots directives, its licence, and the TDM Reservation Protocol (W3C community group report, section 6.2: meta elements).</summary>
internal static class Rights
{
    private const int MostDirectives = 20;

    public static ArticleRights? Find(HeadReader head, JsonLdArticle? json, PageScan scan, Uri? page)
    {
        var robots = Robots(head);
        var license = License(head, json, scan, page);
        var tdm = Tdm(head, page);
        return robots.Count == 0 && license is null && tdm is null ? null : new ArticleRights(robots, license, tdm);
    }

    private static List<string> Robots(HeadReader head) =>
        [.. head.Metas("robots").Concat(head.Metas("googlebot-news")).SelectMany(value => value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(Spaces.Squeeze).Distinct(StringComparer.Ordinal).Take(MostDirectives)];

    // A link beside the text may be a picture's; what the head says comes first.
    private static string? License(HeadReader head, JsonLdArticle? json, PageScan scan, Uri? page)
    {
        var linked = MetadataReader.Address(head.License, page) ?? MetadataReader.Address(json?.License, page)
            ?? MetadataReader.Address(scan.Properties.FirstOrDefault(p => p.Name == "license")?.Value, page);
        var named = json?.License ?? head.Meta("dcterms.license", "dc.rights.license", "license");
        return linked?.AbsoluteUri ?? (string.IsNullOrWhiteSpace(named) ? null : Spaces.Squeeze(named));
    }

    private static TdmReservation? Tdm(HeadReader head, Uri? page)
    {
        var policy = MetadataReader.Address(head.Meta("tdm-policy"), page);
        return head.Meta("tdm-reservation")?.Trim() switch
        {
            "1" => new TdmReservation(true, policy),
            "0" => new TdmReservation(false, policy),
            _ => null,
        };
    }
}
