using System.Security.Cryptography;
using System.Text;
using Ingest.Pipeline.WebSub;

namespace Ingest.IntegrationTests.WebSub;

public sealed class HubSignatureTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("<rss/>");
    private static readonly string Right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), Body));

    [Theory]
    [InlineData("sha1", HashName.Sha1)]
    [InlineData("sha256", HashName.Sha256)]
    [InlineData("SHA384", HashName.Sha384)]
    [InlineData("sha512", HashName.Sha512)]
    public void Each_method_of_the_protocol_is_understood(string method, HashName hash)
    {
        using var mac = IncrementalHash.CreateHMAC(new HashAlgorithmName(hash.ToString().ToUpperInvariant()), Encoding.UTF8.GetBytes("secret"));
        mac.AppendData(Body);
        var header = $"{method}={Convert.ToHexStringLower(mac.GetHashAndReset())}";
        Assert.True(HubSignature.IsRight(header, "secret", Body));
        Assert.False(HubSignature.IsRight(header, "another", Body));
        Assert.False(HubSignature.IsRight(header, "secret", Body.AsSpan(1)));
    }

    public static TheoryData<string, string?> Wrong => new()
    {
        { "none", null },
        { "empty", "" },
        { "no method", Right },
        { "an unknown method", $"md5={Right}" },
        { "another method's length", $"sha1={Right}" },
        { "cut short", $"sha256={Right[..^2]}" },
        { "longer", $"sha256={Right}00" },
        { "no hexadecimal digits", $"sha256={new string('z', 64)}" },
        { "an odd number of digits", $"sha256={Right[..^1]}" },
        { "another digit", $"sha256={(Right[0] == '0' ? '1' : '0')}{Right[1..]}" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Anything_else_is_wrong(string reason, string? header) => Assert.False(HubSignature.IsRight(header, "secret", Body), reason);

    public enum HashName
    {
        Sha1,
        Sha256,
        Sha384,
        Sha512,
    }
}
