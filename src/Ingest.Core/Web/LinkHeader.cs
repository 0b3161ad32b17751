namespace Ingest.Core.Web;

/// <summary>One link of a Link header. <paramref name="Target"/> is as written, which need not be absolute.</summary>
/// <param name="Rels">Relation types in lower case.</param>
public sealed record HeaderLink(string Target, IReadOnlyList<string> Rels, string? Type, string? Title);

/// <summary>Link headers (RFC 8288, section 3).</summary>
public static class LinkHeader
{
    /// <summary>More links in one header are of no use to anybody.</summary>
    private const int MostLinks = 100;

    /// <summary>The links of a header, several of which may have been joined by commas. What is malformed is passed over.</summary>
    public static IReadOnlyList<HeaderLink> Parse(string? value)
    {
        var links = new List<HeaderLink>();
        var rest = value.AsSpan();
        for (var start = rest.IndexOf('<'); start >= 0 && links.Count < MostLinks; start = rest.IndexOf('<'))
        {
            rest = rest[(start + 1)..];
            var end = rest.IndexOf('>');
            if (end < 0)
            {
                break;
            }

            var target = rest[..end].Trim().ToString();
            rest = rest[(end + 1)..];
            links.Add(ReadParameters(target, ref rest));
        }

        return links;
    }

    /// <summary>Up to the comma before the next link. Of a parameter that comes twice the first counts.</summary>
    private static HeaderLink ReadParameters(string target, ref ReadOnlySpan<char> rest)
    {
        string? rel = null, type = null, title = null;
        while ((rest = rest.TrimStart(" \t")) is [';', ..])
        {
            rest = rest[1..].TrimStart(" \t");
            var end = rest.IndexOfAny(";,=");
            var name = (end < 0 ? rest : rest[..end]).Trim();
            rest = rest[(end < 0 ? rest.Length : end)..];
            var value = ReadValue(ref rest);
            switch (name)
            {
                case var _ when name.Equals("rel", StringComparison.OrdinalIgnoreCase):
                    rel ??= value;
                    break;
                case var _ when name.Equals("type", StringComparison.OrdinalIgnoreCase):
                    type ??= value;
                    break;
                case var _ when name.Equals("title", StringComparison.OrdinalIgnoreCase):
                    title ??= value;
                    break;
            }
        }

        return new HeaderLink(target, (rel ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries), type, title);
    }

    private static string ReadValue(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['=', ..])
        {
            return "";
        }

        rest = rest[1..].TrimStart(" \t");
        var isQuoted = rest is ['"', ..];
        rest = isQuoted ? rest[1..] : rest;
        var end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny(";,");
        var value = (end < 0 ? rest : rest[..end]).Trim().ToString();
        rest = rest[(end < 0 ? rest.Length : isQuoted ? end + 1 : end)..];
        return value;
    }
}
