using System.Net;
using Ingest.Pipeline.Fetching;

namespace Ingest.IntegrationTests.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("public", "93.184.216.34", true)]
    [InlineData("public IPv6", "2606:2800:220:1::1", true)]
    [InlineData("loopback", "127.0.0.1", false)]
    [InlineData("all of loopback", "127.9.9.9", false)]
    [InlineData("this host", "0.0.0.0", false)]
    [InlineData("private", "10.1.2.3", false)]
    [InlineData("private", "172.16.0.1", false)]
    [InlineData("just outside private", "172.32.0.1", true)]
    [InlineData("private", "192.168.1.1", false)]
    [InlineData("carrier-grade NAT", "100.64.0.1", false)]
    [InlineData("cloud metadata", "169.254.169.254", false)]
    [InlineData("multicast", "224.0.0.1", false)]
    [InlineData("broadcast", "255.255.255.255", false)]
    [InlineData("loopback", "::1", false)]
    [InlineData("unspecified", "::", false)]
    [InlineData("mapped loopback", "::ffff:127.0.0.1", false)]
    [InlineData("mapped public", "::ffff:93.184.216.34", true)]
    [InlineData("unique local", "fd00::1", false)]
    [InlineData("link-local", "fe80::1", false)]
    [InlineData("NAT64 of a private address", "64:ff9b::a00:1", false)]
    [InlineData("6to4 of a private address", "2002:a00:1::", false)]
    [InlineData("Teredo", "2001:0:4136:e378::1", false)]
    public void Only_public_addresses_are_allowed(string reason, string address, bool allowed)
    {
        var guard = AddressGuard.TryCreate([], out _)!;
        Assert.True(allowed == guard.Allows(new IPEndPoint(IPAddress.Parse(address), 80)), reason);
    }

    [Fact]
    public void An_endpoint_or_a_range_can_be_opened_and_opens_nothing_else()
    {
        var guard = AddressGuard.TryCreate(["127.0.0.1:9000", "10.1.0.0/16"], out _)!;
        Assert.True(guard.Allows(IPEndPoint.Parse("127.0.0.1:9000")));
        Assert.False(guard.Allows(IPEndPoint.Parse("127.0.0.1:9001")));
        Assert.True(guard.Allows(IPEndPoint.Parse("10.1.255.1:80")));
        Assert.False(guard.Allows(IPEndPoint.Parse("10.2.0.1:80")));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/99")]
    [InlineData("127.0.0.1")]
    public void An_entry_that_is_neither_is_named(string entry)
    {
        Assert.Null(AddressGuard.TryCreate(["127.0.0.1:9000", entry], out var offending));
        Assert.Equal(entry, offending);
    }
}
