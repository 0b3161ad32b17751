using System.Buffers;
using System.Text;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The characters of a page in a pooled buffer: byte order mark, then header, then the page's own word, then UTF-8, then windows-1252.</summary>
internal sealed class PageText : IDisposable
{
    private const int MetaWindow = 2048;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\"';,> ");

    private PageText(char[] buffer, int length) => (Buffer, Length) = (buffer, length);

    public char[] Buffer { get; }
    public int Length { get; }

    /// <summary>Null when the bytes are no text (a picture, an archive).</summary>
    public static PageText? Decode(PageInput page)
    {
        var bytes = page.Body.Span;
        var encoding = FromMark(bytes, out var skip) ?? Named(Charset(page.ContentType)) ?? FromMeta(bytes) ?? Guess(bytes);
        if (encoding is not UnicodeEncoding && bytes[..Math.Min(bytes.Length, 512)].Count((byte)0) > 4)
            return null;
        bytes = bytes[skip..];
        var buffer = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));
        return new PageText(buffer, encoding.GetChars(bytes, buffer));
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(Buffer);

    private static Encoding? FromMark(ReadOnlySpan<byte> bytes, out int skip)
    {
        (skip, var encoding) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (3, Encoding.UTF8),
            [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
            [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
            _ => (0, (Encoding?)null),
        };
        return encoding;
    }

    private static Encoding? FromMeta(ReadOnlySpan<byte> bytes)
    {
        var name = Charset(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MetaWindow)]));
        return Named(name) is UnicodeEncoding ? Encoding.UTF8 : Named(name);
    }

    private static string? Charset(string? text)
    {
        var at = text?.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return null;
        var value = text.AsSpan(at + 8).TrimStart("\"' ");
        var end = value.IndexOfAny(NameEnds);
        return (end < 0 ? value : value[..end]).ToString();
    }

    private static Encoding? Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(Alias(name)) ?? Encoding.GetEncoding(Alias(name));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The web reads these labels as the wider Windows page (WHATWG Encoding, names and labels).
    private static string Alias(string name) => name.Trim().ToLowerInvariant() switch
    {
        "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => "windows-1252",
        "iso-8859-9" => "windows-1254",
        var other => other,
    };

    private static Encoding Guess(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
}
