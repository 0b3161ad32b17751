using Ingest.Core.Web;

namespace Ingest.Core.Articles.Extraction;

/// <summary>The characters of a page.</summary>
internal static class PageText
{
    private const int BinaryWindow = 512;
    private const int MostZeros = 4;

    /// <summary>Null when the bytes are no text (a picture, an archive).</summary>
    public static RentedText? Read(PageInput page)
    {
        var text = Charset.Rent(page.Body.Span, page.ContentType);
        var start = text.Characters.Span[..Math.Min(text.Characters.Length, BinaryWindow)];
        if (start.Count('\0') <= MostZeros)
            return text;
        text.Dispose();
        return null;
    }
}
