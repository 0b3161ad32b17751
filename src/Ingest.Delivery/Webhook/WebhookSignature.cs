using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ingest.Delivery.Webhook;

/// <summary>The symmetric signature of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
internal sealed class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    private const int MinKeyBytes = 24;
    private const int MaxKeyBytes = 64;

    private readonly IReadOnlyList<byte[]> _keys;

    /// <param name="secrets">Each of them valid.</param>
    public WebhookSignature(IEnumerable<string> secrets) => _keys = [.. secrets.Select(secret => ReadSecret(secret)!)];

    /// <summary>The key in a secret; null when it is none.</summary>
    public static byte[]? ReadSecret(string secret)
    {
        var key = new byte[MaxKeyBytes];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) && length >= MinKeyBytes
            ? key[..length]
            : null;
    }

    /// <summary>The value of the signature header: one signature for each secret.</summary>
    public string Of(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>(_keys.Count);
        var start = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        foreach (var key in _keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmac.AppendData(start);
            hmac.AppendData(body);
            signatures.Add($"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
        }
        return string.Join(' ', signatures);
    }
}
