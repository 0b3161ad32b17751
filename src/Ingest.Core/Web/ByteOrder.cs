using System.Text;

namespace Ingest.Core.Web;

/// <summary>What the first bytes say of the width and order of the code units.</summary>
internal readonly record struct ByteOrder(Encoding Encoding, int MarkLength)
{
    private static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false);
    private static readonly Encoding Utf16LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);
    private static readonly Encoding Utf32BigEndian = new UTF32Encoding(bigEndian: true, byteOrderMark: false);
    private static readonly Encoding Utf32LittleEndian = new UTF32Encoding(bigEndian: false, byteOrderMark: false);

    /// <summary>A byte order mark, or the zero bytes around a leading "&lt;" (XML 1.0, appendix F); null when neither is there.</summary>
    public static ByteOrder? Sniff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x00, 0x00, 0xFE, 0xFF, ..] => new ByteOrder(Utf32BigEndian, 4),
        [0xFF, 0xFE, 0x00, 0x00, ..] => new ByteOrder(Utf32LittleEndian, 4),
        [0xFE, 0xFF, ..] => new ByteOrder(Utf16BigEndian, 2),
        [0xFF, 0xFE, ..] => new ByteOrder(Utf16LittleEndian, 2),
        [0xEF, 0xBB, 0xBF, ..] => new ByteOrder(Encoding.UTF8, 3),
        [0x00, 0x00, 0x00, (byte)'<', ..] => new ByteOrder(Utf32BigEndian, 0),
        [(byte)'<', 0x00, 0x00, 0x00, ..] => new ByteOrder(Utf32LittleEndian, 0),
        [0x00, (byte)'<', 0x00, _, ..] => new ByteOrder(Utf16BigEndian, 0),
        [(byte)'<', 0x00, _, 0x00, ..] => new ByteOrder(Utf16LittleEndian, 0),
        // "<?xm" in EBCDIC: the declaration can be read in any of its variants, and names the right one.
        [0x4C, 0x6F, 0xA7, 0x94, ..] => new ByteOrder(Ebcdic(bytes), 0),
        _ => null,
    };

    private static Encoding Ebcdic(ReadOnlySpan<byte> bytes)
    {
        var latin = CharsetNames.Find("ibm037")!;
        var head = Encoding.Latin1.GetBytes(latin.GetString(bytes[..Math.Min(bytes.Length, 256)]));
        return CharsetNames.Find(Charset.DeclaredIn(head)) ?? latin;
    }
}
