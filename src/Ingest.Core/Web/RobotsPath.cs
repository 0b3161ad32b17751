using System.Buffers;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>
/// Paths in the one form in which rules and addresses are compared (RFC 9309, section 2.2.2): what needs no percent-encoding is without it, what needs it
/// has it in capitals, and of a <c>*</c> or <c>$</c> only the encoded form stands for itself.
/// </summary>
internal static class RobotsPath
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>Unreserved (RFC 3986, section 2.3): the same with and without percent-encoding.</summary>
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    /// <summary>Reserved, and without meaning of their own inside a query (section 3.4): an address carried as a parameter is the same either way.</summary>
    private static readonly SearchValues<byte> PlainInQuery = SearchValues.Create(":/?@"u8);

    public static string OfUrl(string pathAndQuery)
    {
        var end = pathAndQuery.IndexOf('#', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(end < 0 ? pathAndQuery : pathAndQuery[..end]);
        return bytes is [(byte)'/', ..] ? Normalize(bytes, isRule: false) : "/" + Normalize(bytes, isRule: false);
    }

    /// <summary>Null when the value is no path, so that there is no rule.</summary>
    public static string? OfRule(ReadOnlySpan<byte> value) => value is [(byte)'/' or (byte)'*', ..] ? Normalize(value, isRule: true) : null;

    private static string Normalize(ReadOnlySpan<byte> path, bool isRule)
    {
        var text = new StringBuilder(path.Length);
        var inQuery = false;
        for (var at = 0; at < path.Length; at++)
        {
            var octet = path[at];
            if (octet == '%' && at + 2 < path.Length && Octet(path[at + 1], path[at + 2]) is { } escaped)
            {
                at += 2;
                Append(text, escaped, Unreserved.Contains(escaped) || (inQuery && PlainInQuery.Contains(escaped)));
                continue;
            }

            inQuery |= octet == '?';
            Append(text, octet, IsPlain(octet) || (isRule && IsWildcard(octet, at == path.Length - 1)));
        }

        return text.ToString();
    }

    private static bool IsPlain(byte octet) => octet is > 32 and < 127 and not ((byte)'*' or (byte)'$');

    private static bool IsWildcard(byte octet, bool isLast) => octet == '*' || (octet == '$' && isLast);

    private static void Append(StringBuilder text, byte octet, bool plain)
    {
        if (plain)
        {
            text.Append((char)octet);
        }
        else
        {
            text.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
        }
    }

    private static byte? Octet(byte high, byte low) =>
        char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low)
            ? (byte)((Convert.ToInt32(((char)high).ToString(), 16) << 4) | Convert.ToInt32(((char)low).ToString(), 16))
            : null;
}
