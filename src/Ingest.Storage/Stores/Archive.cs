using System.IO.Compression;

namespace Ingest.Storage.Stores;

/// <summary>How fetched pages are kept: in Brotli, at its fastest.</summary>
internal static class Archive
{
    public static byte[] Compress(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest)) brotli.Write(body);
        return compressed.ToArray();
    }
}
