namespace Ingest.Newsroom.Serving;

/// <summary>Paths with queries.</summary>
internal static class Address
{
    /// <summary>Without its utm_ parameters, which say where a reader came from and not where to.</summary>
    public static string WithoutTracking(string pathAndQuery)
    {
        if (pathAndQuery.IndexOf('?', StringComparison.Ordinal) is not (>= 0 and var mark))
        {
            return pathAndQuery;
        }
        var query = string.Join('&', pathAndQuery[(mark + 1)..].Split('&').Where(p => !p.StartsWith("utm_", StringComparison.Ordinal)));
        return query.Length == 0 ? pathAndQuery[..mark] : $"{pathAndQuery[..mark]}?{query}";
    }
}
