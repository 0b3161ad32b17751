using System.Security.Cryptography;

namespace Ingest.Newsroom.Serving;

/// <summary>What a path is answered with when all is well.</summary>
internal sealed record Representation(byte[] Body, string ContentType)
{
    public string? ETag { get; init; }
    public DateTimeOffset? LastModified { get; init; }

    public static string TagOf(byte[] body) => $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";
}
