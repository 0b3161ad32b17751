using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>Charsets by the names that documents give them.</summary>
internal static class CharsetNames
{
    /// <summary>
    /// Names that mean more than they say, as browsers read them (WHATWG Encoding, "labels"), and names that .NET does not know.
    /// </summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["l1"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["iso-8859-9"] = "windows-1254",
        ["latin5"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["tis620"] = "windows-874",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["cp936"] = "gb18030",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["windows-949"] = "ks_c_5601-1987",
        ["uhc"] = "ks_c_5601-1987",
        ["euc-kr"] = "ks_c_5601-1987",
        ["macroman"] = "macintosh",
        ["maccentraleurope"] = "x-mac-ce",
        ["maclatin2"] = "x-mac-ce",
        ["maccyrillic"] = "x-mac-cyrillic",
        ["macgreek"] = "x-mac-greek",
        ["macturkish"] = "x-mac-turkish",
        ["maciceland"] = "x-mac-icelandic",
        ["utf16"] = "utf-16",
        ["utf_16"] = "utf-16",
        ["ucs-2"] = "utf-16",
        ["utf32"] = "utf-32",
        ["utf_32"] = "utf-32",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Bytes that mean nothing become U+FFFD, not a question mark, so that a misfit shows.</summary>
    private static readonly DecoderReplacementFallback Lossy = new("\uFFFD");

    /// <summary>The encoding of a name or alias; null when there is none.</summary>
    public static Encoding? Find(string? name)
    {
        name = name?.Trim(" \t\r\n'\"".ToCharArray());
        if (string.IsNullOrEmpty(name) || name.Length > 40)
        {
            return null;
        }

        name = Aliases.GetValueOrDefault(name, name);
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        return TableEncoding.Find(name) ?? Known(name) ?? (CodePage(name) is { } page ? Numbered(page) : null);
    }

    /// <summary>Names such as cp437, ibm866, windows1252 or 850: the number of a code page with or without letters before it.</summary>
    private static int? CodePage(string name)
    {
        var digits = name.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null;
    }

    private static Encoding? Known(string name)
    {
        try
        {
            // UTF-7 is refused on purpose: it hides markup from every filter.
            return string.Equals(name, "utf-7", StringComparison.OrdinalIgnoreCase)
                ? null
                : CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, Lossy) ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, Lossy);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding? Numbered(int page)
    {
        try
        {
            return page is 0 or 65000 or > 65535 ? null : CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ReplacementFallback, Lossy) ?? Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, Lossy);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
