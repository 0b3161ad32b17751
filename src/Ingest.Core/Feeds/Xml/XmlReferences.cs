using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Ingest.Core.Feeds.Xml;

/// <summary>
/// Character and entity references. Feeds use all of HTML's names without a DTD, so they are all known here; what is no reference
/// ("AT&amp;T" written bare) stays as it stands.
/// </summary>
internal static class XmlReferences
{
    private const int LongestName = 33;
    private static readonly SearchValues<char> NotInReferences = SearchValues.Create(" \t\r\n&<\"'=");

    public static string Decode(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('&'))
        {
            return raw.ToString();
        }

        var text = new TextBuffer(raw.Length);
        Decode(ref text, raw);
        var decoded = text.Written.ToString();
        text.Dispose();
        return decoded;
    }

    public static void Decode(ref TextBuffer text, ReadOnlySpan<char> raw)
    {
        for (var at = raw.IndexOf('&'); at >= 0; at = raw.IndexOf('&'))
        {
            text.Append(raw[..at]);
            raw = raw[at..];
            var length = Read(raw, out var stands);
            text.Append(length == 0 ? "&" : stands.AsSpan());
            raw = raw[Math.Max(1, length)..];
        }

        text.Append(raw);
    }

    /// <summary>Notes the ampersands that begin no reference, and the entities that XML does not have.</summary>
    /// <param name="raw">A text or an attribute's value.</param>
    /// <param name="offset">Where it stands in the document.</param>
    /// <param name="problems">Where they are noted.</param>
    public static void Check(ReadOnlySpan<char> raw, int offset, ProblemLog problems)
    {
        for (var at = raw.IndexOf('&'); at >= 0; at = raw.IndexOf('&'))
        {
            raw = raw[at..];
            offset += at;
            var length = XmlsOwn(raw);
            if (length == 0)
            {
                length = NameLength(raw);
                if (length < 3 || raw[1] != '#')
                {
                    problems.At(offset, length < 3 ? FeedProblemKind.BareAmpersand : FeedProblemKind.UndefinedEntity);
                }
            }

            length = Math.Max(1, length);
            raw = raw[length..];
            offset += length;
        }
    }

    /// <summary>The length of a reference to one of the entities that XML has; 0 for everything else.</summary>
    private static int XmlsOwn(ReadOnlySpan<char> raw) => raw switch
    {
        ['&', 'l' or 'g', 't', ';', ..] => 4,
        ['&', 'a', 'm', 'p', ';', ..] => 5,
        ['&', 'q', 'u', 'o', 't', ';', ..] or ['&', 'a', 'p', 'o', 's', ';', ..] => 6,
        _ => 0,
    };

    /// <summary>The length of what looks like a reference, ampersand and semicolon included; 0 when nothing does.</summary>
    private static int NameLength(ReadOnlySpan<char> raw)
    {
        var end = raw[..Math.Min(raw.Length, LongestName + 2)].IndexOf(';');
        return end < 2 || raw[1..end].ContainsAny(NotInReferences) ? 0 : end + 1;
    }

    /// <summary>The length of the reference that <paramref name="raw"/> begins with, and what it stands for; 0 when it begins with none.</summary>
    public static int Read(ReadOnlySpan<char> raw, out string stands)
    {
        // Four of five references in feeds are these, from escaped HTML.
        var length = XmlsOwn(raw);
        if (length == 0)
        {
            return ReadAny(raw, out stands);
        }

        stands = raw[1] switch { 'l' => "<", 'g' => ">", 'q' => "\"", _ => raw[2] == 'm' ? "&" : "'" };
        return length;
    }

    private static int ReadAny(ReadOnlySpan<char> raw, out string stands)
    {
        stands = "";
        var end = raw[..Math.Min(raw.Length, LongestName + 2)].IndexOf(';');
        if (end < 2)
        {
            return 0;
        }

        var found = raw[1] == '#' ? Numeric(raw[2..end]) : Named(raw[1..end]);
        stands = found ?? "";
        return found is null ? 0 : end + 1;
    }

    private static string? Numeric(ReadOnlySpan<char> digits)
    {
        var hex = digits is ['x' or 'X', ..];
        digits = hex ? digits[1..] : digits;
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!uint.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return Rune.IsValid(number) && number is >= 0x20 or '\t' or '\n' or '\r' ? new Rune(number).ToString() : "\uFFFD";
    }

    private static string? Named(ReadOnlySpan<char> name) => name switch
    {
        "apos" => "'",
        "nbsp" => "\u00A0",
        // The entity sets of XHTML have these, and HTML 5 others that look alike.
        "lang" => "\u2329",
        "rang" => "\u232A",
        _ => HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";")),
    };
}
