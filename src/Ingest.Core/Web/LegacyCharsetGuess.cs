using System.Text;

namespace Ingest.Core.Web;

/// <summary>Guesses the charset of bytes that are not UTF-8 and whose document says nothing.</summary>
internal static class LegacyCharsetGuess
{
    private const int Window = 64 * 1024;

    /// <summary>
    /// Multi-byte charsets, told apart by what their text would consist of: nearly every sequence must be a letter of the script
    /// that the charset was made for. Hangul and kana are telling; Han alone is not, so Big5 comes last.
    /// </summary>
    private static readonly (string Name, Func<char, bool> Expected)[] Candidates =
    [
        ("euc-jp", c => c is >= '\u3040' and <= '\u30FF'),
        ("shift_jis", c => c is >= '\u3040' and <= '\u30FF'),
        ("euc-kr", c => c is >= '\uAC00' and <= '\uD7A3'),
    ];

    private static readonly (string Name, Func<char, bool> Expected)[] Fallbacks =
    [
        ("gb18030", IsCommonHan),
        ("big5", IsCommonHan),
    ];

    private static readonly (string Name, Func<char, bool> Expected)[] SingleByte =
    [
        ("windows-874", c => c is >= '\u0E01' and <= '\u0E5B'),
        ("windows-1255", c => c is >= '\u05D0' and <= '\u05EA'),
        ("windows-1253", c => c is >= '\u0384' and <= '\u03CE'),
        ("windows-1251", c => c is >= '\u0430' and <= '\u044F'),
    ];

    /// <summary>The likeliest charset; windows-1252 when nothing speaks for another.</summary>
    public static Encoding For(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, Window)];
        return Pick(sample, Candidates, 0.35) ?? Pick(sample, Fallbacks, 0.7) ?? Runs(sample) ?? CharsetNames.Find("windows-1252")!;
    }

    private static bool IsCommonHan(char c) => c is >= '\u4E00' and <= '\u9FA5' or '\u3002' or '\uFF0C';

    private static Encoding? Pick(ReadOnlySpan<byte> sample, (string Name, Func<char, bool> Expected)[] among, double least)
    {
        Encoding? best = null;
        foreach (var (name, expected) in among)
        {
            var encoding = CharsetNames.Find(name)!;
            var share = Share(encoding.GetString(sample), expected);
            if (share > least)
            {
                (best, least) = (encoding, share);
            }
        }

        return best;
    }

    /// <summary>The share of expected letters among the characters beyond ASCII; none when the bytes do not fit.</summary>
    private static double Share(string text, Func<char, bool> expected)
    {
        int all = 0, good = 0, lost = 0;
        foreach (var c in text.Where(c => c > '\u007F'))
        {
            all++;
            good += expected(c) ? 1 : 0;
            lost += c == '\uFFFD' ? 1 : 0;
        }

        return all < 4 || lost * 50 > all ? 0 : (double)good / all;
    }

    /// <summary>Alphabets other than Latin write whole words beyond ASCII; accented Latin letters stand alone or in pairs.</summary>
    private static Encoding? Runs(ReadOnlySpan<byte> sample)
    {
        int high = 0, inRuns = 0, run = 0;
        foreach (var b in sample)
        {
            run = b >= 0xC0 ? run + 1 : 0;
            high += b >= 0xC0 ? 1 : 0;
            inRuns += run >= 3 ? 1 : 0;
        }

        return inRuns * 2 > high ? Pick(sample, SingleByte, 0.6) : null;
    }
}
