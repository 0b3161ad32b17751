namespace Ingest.Torture.World;

/// <summary>An article's page as its newsroom knows it: what feeds add to a link to follow readers is taken off.</summary>
internal static class PageAddress
{
    public static string Of(Uri url)
    {
        var query = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("utm_", StringComparison.Ordinal)).ToList();
        return url.GetLeftPart(UriPartial.Path) + (query.Count == 0 ? "" : $"?{string.Join('&', query)}");
    }
}
