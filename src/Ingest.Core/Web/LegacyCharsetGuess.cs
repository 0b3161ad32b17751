using System.Buffers;
using System.Text;

namespace Ingest.Core.Web;

/// <summary>Guesses the charset of bytes that are not UTF-8 and whose document says nothing, by the letters that they would spell.</summary>
internal static class LegacyCharsetGuess
{
    private const int Window = 16 * 1024;

    /// <summary>
    /// The commonest letters of the languages that a charset was made for, and the least share of them among a text's letters beyond
    /// ASCII. The shares lie at about half of what news text of the language shows.
    /// </summary>
    private static readonly (Encoding Encoding, SearchValues<char> Common, double Least)[] Candidates =
    [
        Candidate("euc-jp", Range('\u3041', '\u3093') + Range('\u30A1', '\u30FC'), 0.30),
        Candidate("shift_jis", Range('\u3041', '\u3093') + Range('\u30A1', '\u30FC'), 0.30),
        Candidate("euc-kr", "이다는에의을가고하한지로기사인도대를정시은자어서해전부일리수장나", 0.20),
        Candidate("gb18030", "的一是不了人我在有他这中大来上国到说们为子和你地出道也时年，。", 0.10),
        Candidate("big5", "的一是不了人我在有他這中大來上國到說們為子和你地出道也時年，。", 0.10),
        Candidate("windows-1251", "оеаинтсрвлкмдпуяіы", 0.45),
        Candidate("koi8-r", "оеаинтсрвлкмдпуяы", 0.45),
        Candidate("windows-1253", "αοιετσνηυρπκμλςάίόέή", 0.45),
        Candidate("windows-1255", "יוהלאתרבשמנ", 0.45),
        Candidate("windows-874", "านรกอเงมยลวดทตส่้ะไปคัีิ", 0.45),
    ];

    /// <summary>The likeliest charset; windows-1252 when nothing speaks for another.</summary>
    public static Encoding For(ReadOnlySpan<byte> bytes)
    {
        var first = Math.Max(0, bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F));
        var sample = bytes[first..];
        sample = sample[..Math.Min(sample.Length, Window)];
        var (best, confidence) = (CharsetNames.Find("windows-1252")!, 1.0);
        var inWords = AreInWords(sample);
        foreach (var (encoding, common, least) in Candidates)
        {
            if (encoding.IsSingleByte && !inWords)
            {
                continue;
            }

            var share = Share(encoding.GetString(sample), common) / least;
            if (share > confidence)
            {
                (best, confidence) = (encoding, share);
            }
        }

        return best;
    }

    /// <summary>Other alphabets write whole words beyond ASCII; accented Latin letters stand alone.</summary>
    private static bool AreInWords(ReadOnlySpan<byte> sample)
    {
        int letters = 0, runs = 0;
        var before = false;
        foreach (var b in sample)
        {
            var isHigh = b >= 0x80;
            letters += isHigh ? 1 : 0;
            runs += isHigh && !before ? 1 : 0;
            before = isHigh;
        }

        return letters >= 2 * runs;
    }

    /// <summary>The share of common letters among the characters beyond ASCII; none when the bytes do not fit the charset.</summary>
    private static double Share(string text, SearchValues<char> common)
    {
        int all = 0, good = 0, lost = 0;
        foreach (var c in text)
        {
            if (c > '\u007F')
            {
                all++;
                good += common.Contains(c) ? 1 : 0;
                lost += c == '\uFFFD' ? 1 : 0;
            }
        }

        // The cut at the window's end may split one character.
        return all < 4 || (lost - 1) * 50 > all ? 0 : (double)good / all;
    }

    private static (Encoding, SearchValues<char>, double) Candidate(string name, string common, double least) =>
        (CharsetNames.Find(name)!, SearchValues.Create(common), least);

    private static string Range(char from, char to) => string.Concat(Enumerable.Range(from, to - from + 1).Select(c => (char)c));
}
