using System.Security.Cryptography;
using System.Text;

namespace Ingest.Pipeline.WebSub;

/// <summary>Whether a document comes from whoever was told the secret (WebSub, section 8): <c>X-Hub-Signature: sha256=…</c>.</summary>
public static class HubSignature
{
    public const string Header = "X-Hub-Signature";

    public static bool IsRight(string? header, string secret, ReadOnlySpan<byte> body)
    {
        if (header?.Split('=', 2) is not [var method, var digits] || MacOf(method.Trim(), Encoding.UTF8.GetBytes(secret), body) is not { } mac) return false;
        Span<byte> given = stackalloc byte[mac.Length];
        return Convert.FromHexString(digits.Trim(), given, out var consumed, out var written) is System.Buffers.OperationStatus.Done && written == mac.Length && consumed == digits.Trim().Length
            && CryptographicOperations.FixedTimeEquals(given, mac);
    }

#pragma warning disable CA5350 // SHA-1 is what many hubs sign with, and the protocol's least; as an HMAC it is not broken.
    private static byte[]? MacOf(string method, byte[] key, ReadOnlySpan<byte> body) => method.ToLowerInvariant() switch
    {
        "sha1" => HMACSHA1.HashData(key, body),
        "sha256" => HMACSHA256.HashData(key, body),
        "sha384" => HMACSHA384.HashData(key, body),
        "sha512" => HMACSHA512.HashData(key, body),
        _ => null,
    };
#pragma warning restore CA5350
}
