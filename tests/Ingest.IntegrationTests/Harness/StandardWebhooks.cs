using System.Security.Cryptography;
using System.Text;

namespace Ingest.IntegrationTests.Harness;

/// <summary>The receiver's half of Standard Webhooks, written apart from the sender's.</summary>
internal static class StandardWebhooks
{
    public static bool Verifies(ReceivedHook hook, string secret)
    {
        var key = Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal));
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{hook.Id}.{hook.Timestamp}.{hook.Body}")));
        return hook.Signature.Split(' ').Contains($"v1,{expected}");
    }
}
