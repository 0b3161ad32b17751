using System.Text;
using System.Text.Unicode;

namespace Ingest.Core.Web;

/// <summary>Puts right what programs break on the way.</summary>
internal static class MisreadText
{
    /// <summary>0x80 to 0x9F as windows-1252; five of them are undefined and stay controls.</summary>
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>A text of which all was UTF-8 taken for Latin-1, read again; then its C1 controls made windows-1252.</summary>
    public static string Mend(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        return first < 0 ? text : WithoutControls(Reread(text, first) ?? text);
    }

    /// <summary>The C1 controls as windows-1252 has them: what pages mean that use these code points (HTML standard, numeric character reference end state).</summary>
    public static string WithoutControls(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0
            ? text
            : string.Concat(text.Select(c => c is >= '\u0080' and <= '\u009F' ? Upper[c - 0x80] : c));

    /// <summary>The text read again as UTF-8; null when it makes none, as nearly every text that was read rightly.</summary>
    private static string? Reread(string text, int first)
    {
        if (text[first] is not (>= '\u00C2' and <= '\u00F4') || text.AsSpan(first).IndexOfAnyInRange('\u0100', '\uFFFF') >= 0)
        {
            return null;
        }

        var bytes = Encoding.Latin1.GetBytes(text);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
