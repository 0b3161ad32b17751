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

    public static byte[] Decompress(byte[] body)
    {
        using var brotli = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        brotli.CopyTo(whole);
        return whole.ToArray();
    }
}
