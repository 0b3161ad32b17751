using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ingest.Core.Web;

/// <summary>Text read from bytes.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Charset">The name of the charset that was used, in lower case.</param>
/// <param name="Repaired">The announced charset is unknown or does not fit the bytes, so another was used or characters were lost.</param>
public sealed record DecodedText(string Text, string Charset, bool Repaired);

/// <summary>
/// Finds the charset of a document and decodes it. The order is RFC 7303's: byte order mark, transport, the document's own word
/// (XML declaration or meta element), then a look at the bytes. A charset that cannot have written the bytes yields to the next.
/// </summary>
public static class Charset
{
    private const int DeclarationWindow = 2048;
    private static readonly SearchValues<byte> NotAscii = SearchValues.Create([.. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    /// <summary>Decodes a document.</summary>
    /// <param name="bytes">The body as it came, content encodings removed.</param>
    /// <param name="contentType">The Content-Type header; null when unknown.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType = null)
    {
        var choice = Choose(bytes, contentType);
        return new DecodedText(choice.Text ?? choice.Encoding.GetString(bytes[choice.MarkLength..]), choice.Encoding.WebName, choice.Repair != CharsetRepair.None);
    }

    /// <summary><see cref="Decode"/> into rented memory, for documents that are read once.</summary>
    internal static RentedText Rent(ReadOnlySpan<byte> bytes, string? contentType) =>
        // Most pages are UTF-8 and their header says so: these are checked while they are decoded.
        ByteOrder.Sniff(bytes) is null && Find(FromContentType(contentType)) == Encoding.UTF8 && RentedText.OfUtf8(bytes) is { } text ? text : Choose(bytes, contentType).Rent(bytes);

    /// <summary>The charset of a document.</summary>
    internal static CharsetChoice Choose(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var transport = FromContentType(contentType);
        if (ByteOrder.Sniff(bytes) is { } sniffed)
        {
            return new CharsetChoice(sniffed.Encoding, CharsetRepair.None) { MarkLength = sniffed.MarkLength };
        }

        var announced = Find(transport);
        if (announced is null)
        {
            var declared = DeclaredIn(bytes);
            announced = Find(declared);
            if (announced is null)
            {
                return Guess(bytes, declared is null && transport is null ? CharsetRepair.None : CharsetRepair.Unknown);
            }
        }

        if (announced.IsSingleByte && bytes.IndexOfAny(NotAscii) >= 0 && Utf8.IsValid(bytes))
        {
            // Text of a single-byte charset that happens to be valid UTF-8 hardly exists; templates with a wrong declaration do.
            return new CharsetChoice(Encoding.UTF8, CharsetRepair.Wrong);
        }

        return Fits(bytes, announced, out var text)
            ? new CharsetChoice(announced, CharsetRepair.None) { Text = text }
            : Reconsider(bytes, announced);
    }

    /// <summary>The charset parameter of a Content-Type header; null when there is none.</summary>
    public static string? FromContentType(string? contentType)
    {
        const string Parameter = "charset";
        var at = contentType?.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var value = contentType.AsSpan(at + Parameter.Length).TrimStart();
        if (value is not ['=', ..])
        {
            return null;
        }

        value = value[1..].TrimStart(" '\"");
        var end = value.IndexOfAny(" ;,'\"");
        value = end < 0 ? value : value[..end];
        return value.IsEmpty ? null : value.ToString();
    }

    /// <summary>The charset of a name or alias as the web uses it (<c>iso-8859-1</c> means windows-1252); null when there is none.</summary>
    public static Encoding? Find(string? name) => CharsetNames.Find(name);

    /// <summary>What the document says of itself in its first bytes: an XML declaration or a meta element.</summary>
    internal static string? DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        Span<char> window = stackalloc char[Math.Min(bytes.Length, DeclarationWindow)];
        Encoding.Latin1.GetChars(bytes[..window.Length], window);
        ReadOnlySpan<char> head = window.TrimStart();
        if (head.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            var end = head.IndexOf('>');
            return Value(end < 0 ? head : head[..end], "encoding");
        }

        if (head.StartsWith('{'))
        {
            // JSON says nothing of its charset; what looks so is markup in one of its texts.
            return null;
        }

        for (var at = NextMeta(head); at >= 0; at = NextMeta(head))
        {
            head = head[(at + 5)..];
            var end = head.IndexOf('>');
            if (Value(end < 0 ? head : head[..end], "charset") is { } charset)
            {
                return charset;
            }
        }

        return null;
    }

    private static int NextMeta(ReadOnlySpan<char> head) => head.IndexOf("<meta", StringComparison.OrdinalIgnoreCase);

    private static string? Value(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : FromContentType(string.Concat("charset", tag[(at + name.Length)..]));
    }

    private static CharsetChoice Reconsider(ReadOnlySpan<byte> bytes, Encoding announced)
    {
        if (Find(DeclaredIn(bytes)) is { } declared && declared.CodePage != announced.CodePage && Fits(bytes, declared, out var text))
        {
            return new CharsetChoice(declared, CharsetRepair.Wrong) { Text = text };
        }

        return Guess(bytes, CharsetRepair.Wrong);
    }

    /// <param name="bytes">The document.</param>
    /// <param name="repair">What is the matter with what it says of itself.</param>
    private static CharsetChoice Guess(ReadOnlySpan<byte> bytes, CharsetRepair repair)
    {
        if (Utf8.IsValid(bytes))
        {
            return new CharsetChoice(Encoding.UTF8, repair);
        }

        // A UTF-8 document with a few foreign bytes stays UTF-8: reading it all as a legacy charset would spoil every other letter.
        return Utf8Share(bytes) > 0.5
            ? new CharsetChoice(StrayBytes.Utf8, CharsetRepair.Stray)
            : new CharsetChoice(LegacyCharsetGuess.For(bytes), repair == CharsetRepair.None ? CharsetRepair.Guessed : repair);
    }

    /// <summary>
    /// Whether a charset can have written the bytes, and the text if it had to be decoded to tell. UTF-8 is either valid or not; a wide charset needs zero bytes;
    /// of the others a broken character or two is forgiven.
    /// </summary>
    private static bool Fits(ReadOnlySpan<byte> bytes, Encoding encoding, out string? text)
    {
        text = null;
        var isUtf8 = encoding.CodePage == Encoding.UTF8.CodePage;
        var isWide = encoding.CodePage is 1200 or 1201 or 12000 or 12001;
        if (isUtf8 ? !Utf8.IsValid(bytes) : isWide && bytes.IndexOf((byte)0) < 0)
        {
            return false;
        }

        if (isUtf8)
        {
            return true;
        }

        text = encoding.GetString(bytes);
        var lost = text.AsSpan().Count('\uFFFD');
        return lost == 0 || lost * 50 < NotAsciiCount(bytes);
    }

    private static int NotAsciiCount(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var b in bytes)
        {
            count += b >= 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The share of the bytes beyond ASCII that stand in well-formed UTF-8 sequences.</summary>
    private static double Utf8Share(ReadOnlySpan<byte> bytes)
    {
        int good = 0, all = 0;
        while (bytes.IndexOfAny(NotAscii) is >= 0 and var at)
        {
            bytes = bytes[at..];
            var whole = Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done;
            all += length;
            good += whole ? length : 0;
            bytes = bytes[length..];
        }

        return all == 0 ? 1 : (double)good / all;
    }
}
