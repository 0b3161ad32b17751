using System.IO.Compression;

namespace Ingest.Core.Feeds.Sitemaps;

/// <summary>Files that are packed themselves, not only for their way here: <c>sitemap.xml.gz</c>.</summary>
internal static class GzipBody
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>The body itself when it is not packed; null when it unpacks to more than <paramref name="most"/> bytes. What breaks off is kept as far as it goes.</summary>
    public static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> body, long most)
    {
        if (body.Span is not [0x1F, 0x8B, 8, ..])
        {
            return body;
        }

        using var packed = new MemoryStream(body.ToArray(), writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        return Copy(gzip, unpacked, most) ? unpacked.ToArray() : null;
    }

    private static bool Copy(GZipStream from, MemoryStream to, long most)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (from.Read(buffer) is > 0 and var read)
            {
                if (to.Length + read > most)
                {
                    return false;
                }

                to.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // Cut short or damaged.
        }

        return true;
    }
}
