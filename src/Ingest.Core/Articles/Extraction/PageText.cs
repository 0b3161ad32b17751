using Ingest.Core.Web;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The characters of a page.</summary>
internal static class PageText
{
    private const int BinaryWindow = 512;
    private const int MostZeros = 4;

    /// <summary>Null when the bytes are no text (a picture, an archive).</summary>
    public static string? Decode(PageInput page)
    {
        var decoded = Charset.Decode(page.Body.Span, page.ContentType);
        return decoded.Text.AsSpan(0, Math.Min(decoded.Text.Length, BinaryWindow)).Count('\0') > MostZeros ? null : decoded.Text;
    }
}
