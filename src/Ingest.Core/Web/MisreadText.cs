using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ingest.Core.Web;

/// <summary>Puts right what programs break on the way: UTF-8 read as windows-1252 and written again, and windows-1252's numbers taken for Unicode's.</summary>
internal static class MisreadText
{
    /// <summary>0x80 to 0x9F as windows-1252; five of them are undefined and stay controls.</summary>
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0x80, 32).Select(c => (char)c)]);

    /// <summary>The windows-1252 character that a C1 control stands for.</summary>
    public static char Windows1252(int c1) => Upper[c1 - 0x80];

    public static string Mend(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        if (first < 0)
        {
            return text;
        }

        text = Reread(text, first) ?? text;
        return text.AsSpan().IndexOfAny(Controls) < 0 ? text : string.Concat(text.Select(c => Controls.Contains(c) ? Windows1252(c) : c));
    }

    /// <summary>The text read again as UTF-8; null when it makes none, as nearly every text that was read rightly.</summary>
    private static string? Reread(string text, int first)
    {
        if (Byte(text[first]) is not (>= 0xC2 and <= 0xF4))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = Byte(text[i]);
            if (value < 0)
            {
                return null;
            }

            bytes[i] = (byte)value;
        }

        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static int Byte(char c) => c <= '\u00FF' ? c : Upper.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? at + 0x80 : -1;
}
