using System.IO.Compression;

namespace Ingest.Pipeline.Fetching;

/// <summary>How a body is packed (RFC 9110, 8.4.1). Only one coding at a time: nobody packs twice but to hide how much there is.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Deflate,
    Brotli,
}

internal static class ContentCodings
{
    public const string Accepted = "gzip, deflate, br";

    /// <summary>Null when it is packed in another way, or more than once.</summary>
    public static ContentCoding? Of(string? header)
    {
        var codings = (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        return codings switch
        {
            [] => ContentCoding.Identity,
            [var one] => one.ToUpperInvariant() switch
            {
                "GZIP" or "X-GZIP" => ContentCoding.Gzip,
                "DEFLATE" => ContentCoding.Deflate,
                "BR" => ContentCoding.Brotli,
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The unpacked bytes. What is called gzip or deflate and is not comes as it is: servers and caches forget to unset the header.</summary>
    public static async Task<Stream> OpenAsync(this ContentCoding coding, WireStream wire, CancellationToken stop)
    {
        var start = coding is ContentCoding.Gzip or ContentCoding.Deflate ? await wire.PeekAsync(stop) : default;
        return coding switch
        {
            ContentCoding.Gzip when start is { Length: 2 } magic && magic.Span is [0x1F, 0x8B] => new GZipStream(wire, CompressionMode.Decompress),
            // "deflate" is zlib's format by the standard and the bare one by many servers.
            ContentCoding.Deflate when IsZlib(start.Span) => new ZLibStream(wire, CompressionMode.Decompress),
            ContentCoding.Deflate => new DeflateStream(wire, CompressionMode.Decompress),
            ContentCoding.Brotli => new BrotliStream(wire, CompressionMode.Decompress),
            _ => wire,
        };
    }

    /// <summary>RFC 1950, 2.2: the method is 8, and the two bytes are a multiple of 31.</summary>
    private static bool IsZlib(ReadOnlySpan<byte> start) => start is [var method, var flags] && (method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0;
}
