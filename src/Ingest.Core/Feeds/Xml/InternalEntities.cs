using System.Text;
using System.Text.RegularExpressions;

namespace Ingest.Core.Feeds.Xml;

/// <summary>
/// Entities that a document declares for itself. Only plain text is honoured: a value with a reference in it is passed over, so that
/// nothing can expand more than once, and the whole expansion is bounded.
/// </summary>
internal static partial class InternalEntities
{
    private const int MostGrowth = 1_000_000;
    private const int LongestName = 42;
    private const string Declaration = "<!ENTITY";

    /// <summary>The document with its own plain entities put in; the same document when it has none.</summary>
    public static ReadOnlyMemory<char> Expand(ReadOnlyMemory<char> source)
    {
        var prolog = Prolog(source.Span);
        if (!prolog.Contains(Declaration, StringComparison.Ordinal))
        {
            return source;
        }

        var values = new Dictionary<string, string>();
        foreach (Match match in Entity().Matches(prolog.ToString()))
        {
            values.TryAdd(match.Groups["name"].Value, match.Groups["value"].Value);
        }

        return values.Count == 0 ? source : PutIn(source.ToString(), prolog.Length, values).AsMemory();
    }

    private static ReadOnlySpan<char> Prolog(ReadOnlySpan<char> source)
    {
        var start = source[..Math.Min(source.Length, 4096)].IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        var length = start < 0 ? -1 : source[start..].IndexOf("]>");
        return length < 0 ? [] : source[..(start + length)];
    }

    private static string PutIn(string source, int from, Dictionary<string, string> values)
    {
        var output = new StringBuilder(source.Length).Append(source, 0, from);
        for (var at = from; at < source.Length;)
        {
            var next = source.IndexOf('&', at);
            var end = next < 0 ? -1 : source.IndexOf(';', next, Math.Min(LongestName, source.Length - next));
            if (next < 0 || output.Length > source.Length + MostGrowth)
            {
                return output.Append(source, at, source.Length - at).ToString();
            }

            output.Append(source, at, next - at);
            var known = end > 0 && values.TryGetValue(source[(next + 1)..end], out var value) ? value : null;
            output.Append(known ?? "&");
            at = known is null ? next + 1 : end + 1;
        }

        return output.ToString();
    }

    [GeneratedRegex("""<!ENTITY\s+(?<name>[\w.-]{1,40})\s+(?:"(?<value>[^"&%<]{0,256})"|'(?<value>[^'&%<]{0,256})')\s*>""")]
    private static partial Regex Entity();
}
