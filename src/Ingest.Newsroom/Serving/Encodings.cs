using System.IO.Compression;

namespace Ingest.Newsroom.Serving;

/// <summary>Content codings.</summary>
internal static class Encodings
{
    private static readonly string[] Known = ["br", "gzip", "deflate"];

    /// <summary>The first coding of ours that an Accept-Encoding header takes; null for none.</summary>
    public static string? Accepted(string acceptEncoding)
    {
        var offered = acceptEncoding.Split(',').Select(o => o.Split(';')).Where(o => o.Length == 1 || o[1].Trim() is not ("q=0" or "q=0.0")).Select(o => o[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Array.Find(Known, offered.Contains);
    }

    public static byte[] Encode(byte[] body, string? encoding)
    {
        if (encoding is null)
        {
            return body;
        }
        using var packed = new MemoryStream();
        using (var packer = Packer(packed, encoding))
        {
            packer.Write(body);
        }
        return packed.ToArray();
    }

    /// <summary>A stream that encodes into another; <c>deflate</c> is zlib's format (RFC 9110, 8.4.1.2).</summary>
    public static Stream Packer(Stream target, string encoding) => encoding switch
    {
        "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
        _ => throw new ArgumentException($"Unknown content coding '{encoding}'.", nameof(encoding)),
    };
}
