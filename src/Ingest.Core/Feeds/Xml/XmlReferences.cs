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

    /// <summary>Whether every ampersand begins a reference with its semicolon.</summary>
    public static bool AreWellFormed(ReadOnlySpan<char> raw)
    {
        for (var at = raw.IndexOf('&'); at >= 0; at = raw.IndexOf('&'))
        {
            raw = raw[(at + 1)..];
            var end = raw.IndexOf(';');
            if (end < 1 || (end > 4 && raw[..end].ContainsAny(NotInReferences)))
            {
                return false;
            }

            raw = raw[(end + 1)..];
        }

        return true;
    }

    /// <summary>The length of the reference that <paramref name="raw"/> begins with, and what it stands for; 0 when it begins with none.</summary>
    public static int Read(ReadOnlySpan<char> raw, out string stands)
    {
        // Four of five references in feeds are these, from escaped HTML.
        stands = raw switch
        {
            ['&', 'l', 't', ';', ..] => "<",
            ['&', 'g', 't', ';', ..] => ">",
            ['&', 'a', 'm', 'p', ';', ..] => "&",
            ['&', 'q', 'u', 'o', 't', ';', ..] => "\"",
            _ => "",
        };
        return stands.Length == 0 ? ReadAny(raw, out stands) : raw[2] == 't' ? 4 : raw[1] == 'a' ? 5 : 6;
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
        _ => HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";")),
    };
}
