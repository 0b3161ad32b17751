using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Html;
using Ingest.Core.Web;

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
        var at = raw.IndexOf('&');
        if (at < 0)
        {
            return raw.ToString();
        }

        var text = new StringBuilder(raw.Length);
        while (at >= 0)
        {
            text.Append(raw[..at]);
            raw = raw[at..];
            var length = Append(text, raw);
            raw = raw[length..];
            at = raw.IndexOf('&');
        }

        return text.Append(raw).ToString();
    }

    /// <summary>Whether every ampersand begins a reference with its semicolon.</summary>
    public static bool AreWellFormed(ReadOnlySpan<char> raw)
    {
        for (var at = raw.IndexOf('&'); at >= 0; at = raw.IndexOf('&'))
        {
            raw = raw[(at + 1)..];
            var end = raw.IndexOf(';');
            if (end < 1 || raw[..end].IndexOfAny(NotInReferences) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The character of a numeric reference; U+FFFD when there is none.</summary>
    public static Rune Character(uint number) => number switch
    {
        // What pages mean that number these code points (HTML standard, numeric character reference end state).
        >= 0x80 and <= 0x9F => new Rune(MisreadText.Windows1252((int)number)),
        _ => Rune.IsValid(number) && number is >= 0x20 or '\t' or '\n' or '\r' ? new Rune(number) : Rune.ReplacementChar,
    };

    /// <summary>Appends what the reference at the start of <paramref name="raw"/> stands for, and returns its length.</summary>
    private static int Append(StringBuilder text, ReadOnlySpan<char> raw)
    {
        var end = raw[..Math.Min(raw.Length, LongestName + 2)].IndexOf(';');
        if (end > 1 && (raw[1] == '#' ? Numeric(text, raw[2..end]) : Named(text, raw[1..end])))
        {
            return end + 1;
        }

        text.Append('&');
        return 1;
    }

    private static bool Numeric(StringBuilder text, ReadOnlySpan<char> digits)
    {
        var hex = digits is ['x' or 'X', ..];
        digits = hex ? digits[1..] : digits;
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!uint.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var rune = Character(number);
        Span<char> units = stackalloc char[2];
        text.Append(units[..rune.EncodeToUtf16(units)]);
        return true;
    }

    private static bool Named(StringBuilder text, ReadOnlySpan<char> name)
    {
        char? basic = name switch { "amp" => '&', "lt" => '<', "gt" => '>', "quot" => '"', "apos" => '\'', "nbsp" => '\u00A0', _ => null };
        var known = basic?.ToString() ?? HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";"));
        text.Append(known);
        return known is not null;
    }
}
