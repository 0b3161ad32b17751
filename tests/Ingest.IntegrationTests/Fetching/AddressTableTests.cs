using System.Net;
using System.Text;
using Ingest.Delivery.Webhook;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>
/// Addresses as an attacker would write them, and as newspapers do. The resolver here is the worst there can be: whatever it does not know is this machine.
/// </summary>
public sealed class AddressTableTests
{
    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_leads_inside_is_refused(string reason, string address)
    {
        // What is no address cannot be asked.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url)) return;
        using var stage = new FetchStage(options => options.AllowedAddresses.Clear(), ResolveAsync);
        var outcome = await stage.GetAsync(url);
        Assert.True(outcome is FetchOutcome.Failed { Fault: FetchFault.RefusedAddress, Kind: FailureKind.Permanent }, $"{reason}: {address} → {outcome}");
        Assert.All(outcome.Visits, visit => Assert.Null(visit.Remote));
    }

    [Theory]
    [MemberData(nameof(Legitimate))]
    public async Task What_is_public_is_not_refused(string reason, string address)
    {
        var guard = AddressGuard.TryCreate([], out _, FetchingOptions.UsualPorts, ResolveAsync)!;
        Assert.True(await guard.RefusalAsync(new Uri(address), TestContext.Current.CancellationToken) is null, reason);
    }

    [Fact]
    public void The_table_is_long_enough() => Assert.True(Hostile.Count >= 120 && Legitimate.Count >= 40, $"{Hostile.Count} hostile, {Legitimate.Count} legitimate");

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost/")]
    [InlineData("//169.254.169.254/latest/meta-data/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://user@192.168.0.1/")]
    [InlineData("http://inside.example/")]
    [InlineData("http://public.example:22/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:6379/_INFO")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_leads_nowhere_either(string location)
    {
        await using var site = await TestSite.StartAsync();
        site.Redirect("/", 302, location);
        using var stage = new FetchStage(options => Only(options, site.BaseUri), ResolveAsync);
        var failed = await stage.FailedAsync(site.BaseUri);
        Assert.True(failed.Fault is FetchFault.RefusedAddress or FetchFault.BadRedirect, failed.Why);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_gains_nothing()
    {
        await using var inside = RawSite.Start((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"), stop).AsTask());
        var asked = 0;
        // Public when it is checked, and inside ever after. Nothing answers at a documentation address, so this one stands for the public one.
        using var stage = new FetchStage(
            options =>
            {
                options.AllowedAddresses.Clear();
                options.AllowedAddresses.Add("203.0.113.0/24");
                options.AllowedPorts.Add(inside.Port);
                options.ConnectTimeout = TimeSpan.FromSeconds(0.3);
            },
            (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Parse("203.0.113.1") : IPAddress.Loopback]));
        var first = await stage.FailedAsync(new Uri($"http://rebinding.example:{inside.Port}/"));
        Assert.True(first.Fault is FetchFault.ConnectTimeout or FetchFault.Connection, first.Why);
        Assert.Equal(1, asked);
        Assert.Equal(FetchFault.RefusedAddress, (await stage.FailedAsync(new Uri($"http://rebinding.example:{inside.Port}/"))).Fault);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task Of_a_name_with_public_and_other_addresses_only_the_public_ones_are_connected_to()
    {
        await using var inside = RawSite.Start((_, _) => Task.CompletedTask);
        using var stage = new FetchStage(
            options =>
            {
                options.AllowedAddresses.Clear();
                options.AllowedAddresses.Add("203.0.113.0/24");
                options.ConnectTimeout = TimeSpan.FromSeconds(0.3);
            },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("203.0.113.1"), IPAddress.IPv6Loopback]));
        Assert.NotEqual(FetchFault.RefusedAddress, (await stage.FailedAsync(new Uri($"http://mixed.example:{inside.Port}/"))).Fault);
        Assert.Equal(0, inside.Connections);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hook")]
    [InlineData("http://localhost:9/hook")]
    [InlineData("http://10.0.0.1/hook")]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://[::1]:9/hook")]
    [InlineData("http://[::ffff:127.0.0.1]/hook")]
    [InlineData("http://[fd00:ec2::254]/hook")]
    [InlineData("https://192.168.1.1/hook")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/hook")]
    public async Task A_webhook_posts_nowhere_inside(string target)
    {
        var options = new WebhookOptions { Url = new Uri(target) };
        options.Secrets.Add("whsec_" + Convert.ToBase64String(new byte[24]));
        using var client = new WebhookClient("partner", options, TimeProvider.System, TimeSpan.FromSeconds(5));
        var message = new OutboxMessage(1, "1:1", "ingest.article.created", default, new MessageLabels(1, new Uri("http://example.org/feed"), null, []), "{}"u8.ToArray());
        var failed = Assert.IsType<WebhookAnswer.Failed>(await client.PostAsync(message, TestContext.Current.CancellationToken));
        Assert.Contains("is not a public address", failed.Fault.Why, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "loopback", "http://127.0.0.1/" },
        { "all of loopback", "http://127.255.255.254/" },
        { "loopback over TLS", "https://127.0.0.1/" },
        { "loopback by name", "http://localhost/" },
        { "loopback by a name in capitals", "http://LOCALHOST/" },
        { "loopback by a name with its dot", "http://localhost./" },
        { "loopback below a name", "http://a.localhost/" },
        { "this host", "http://0.0.0.0/" },
        { "this network", "http://0.1.2.3/" },
        { "private", "http://10.0.0.1/" },
        { "private", "http://10.255.255.255/" },
        { "private", "http://172.16.0.1/" },
        { "private", "http://172.31.255.255/" },
        { "private", "http://192.168.0.1/" },
        { "private", "http://192.168.255.255/" },
        { "carrier-grade NAT", "http://100.64.0.1/" },
        { "carrier-grade NAT", "http://100.127.255.255/" },
        { "link-local", "http://169.254.0.1/" },
        { "cloud metadata", "http://169.254.169.254/latest/meta-data/" },
        { "cloud metadata of a container", "http://169.254.170.2/v2/credentials" },
        { "cloud metadata in shared space", "http://100.100.100.200/latest/meta-data/" },
        { "protocol assignments", "http://192.0.0.1/" },
        { "cloud metadata among protocol assignments", "http://192.0.0.192/" },
        { "documentation", "http://192.0.2.1/" },
        { "documentation", "http://198.51.100.1/" },
        { "documentation", "http://203.0.113.1/" },
        { "AS112", "http://192.31.196.1/" },
        { "multicast tunnels", "http://192.52.193.1/" },
        { "6to4 relays", "http://192.88.99.1/" },
        { "AS112", "http://192.175.48.1/" },
        { "benchmarking", "http://198.18.0.1/" },
        { "benchmarking", "http://198.19.255.255/" },
        { "multicast", "http://224.0.0.1/" },
        { "multicast", "http://239.255.255.250/" },
        { "reserved", "http://240.0.0.1/" },
        { "broadcast", "http://255.255.255.255/" },
        { "decimal loopback", "http://2130706433/" },
        { "decimal metadata", "http://2852039166/" },
        { "decimal private", "http://167772161/" },
        { "decimal private", "http://3232235521/" },
        { "decimal zero", "http://0/" },
        { "hexadecimal loopback", "http://0x7f000001/" },
        { "hexadecimal loopback in capitals", "http://0X7F000001/" },
        { "hexadecimal metadata", "http://0xa9fea9fe/" },
        { "hexadecimal, by parts", "http://0x7f.0x0.0x0.0x1/" },
        { "hexadecimal and decimal parts", "http://0x7f.0.0.1/" },
        { "hexadecimal private", "http://0x0a000001/" },
        { "octal loopback", "http://017700000001/" },
        { "octal loopback, by parts", "http://0177.0.0.1/" },
        { "octal metadata", "http://0251.0376.0251.0376/" },
        { "octal with many zeros", "http://00000177.0.0.1/" },
        { "octal private", "http://012.0.0.1/" },
        { "octal private", "http://0300.0250.0.1/" },
        { "short loopback", "http://127.1/" },
        { "short loopback", "http://127.0.1/" },
        { "short private", "http://10.1/" },
        { "short private", "http://192.168.257/" },
        { "short and hexadecimal", "http://0x7f.1/" },
        { "short and octal", "http://0177.1/" },
        { "a trailing dot", "http://127.0.0.1./" },
        { "more bits than an address has", "http://4294967297/" },
        { "more bits than a part has", "http://127.0.0.257/" },
        { "a part too many", "http://127.0.0.0.1/" },
        { "a negative part", "http://127.0.0.-1/" },
        { "escaped digits", "http://%31%32%37.0.0.1/" },
        { "escaped dots", "http://127%2E0%2E0%2E1/" },
        { "loopback of IPv6", "http://[::1]/" },
        { "loopback of IPv6 in full", "http://[0:0:0:0:0:0:0:1]/" },
        { "loopback of IPv6 with zeros", "http://[0000:0000:0000:0000:0000:0000:0000:0001]/" },
        { "unspecified", "http://[::]/" },
        { "mapped loopback", "http://[::ffff:127.0.0.1]/" },
        { "mapped loopback in hexadecimal", "http://[::ffff:7f00:1]/" },
        { "mapped loopback in full", "http://[0:0:0:0:0:ffff:127.0.0.1]/" },
        { "mapped private", "http://[::ffff:10.0.0.1]/" },
        { "mapped private", "http://[::ffff:c0a8:1]/" },
        { "mapped metadata", "http://[::ffff:169.254.169.254]/" },
        { "mapped this host", "http://[::ffff:0.0.0.0]/" },
        { "compatible loopback", "http://[::127.0.0.1]/" },
        { "compatible private", "http://[::10.0.0.1]/" },
        { "compatible metadata", "http://[::a9fe:a9fe]/" },
        { "translated loopback", "http://[::ffff:0:127.0.0.1]/" },
        { "translated private", "http://[::ffff:0:a00:1]/" },
        { "NAT64 of loopback", "http://[64:ff9b::7f00:1]/" },
        { "NAT64 of private", "http://[64:ff9b::10.0.0.1]/" },
        { "NAT64 of metadata", "http://[64:ff9b::a9fe:a9fe]/" },
        { "a local NAT64", "http://[64:ff9b:1::a9fe:a9fe]/" },
        { "6to4 of loopback", "http://[2002:7f00:1::]/" },
        { "6to4 of private", "http://[2002:a00:1::1]/" },
        { "6to4 of metadata", "http://[2002:a9fe:a9fe::]/" },
        { "6to4 of private", "http://[2002:c0a8:101::1]/" },
        { "Teredo", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/" },
        { "Teredo whose client is loopback", "http://[2001::80ff:fffe]/" },
        { "ISATAP of private", "http://[2001:db80::5efe:10.0.0.1]/" },
        { "ISATAP of loopback", "http://[2a00:1450:1:2:200:5efe:7f00:1]/" },
        { "benchmarking", "http://[2001:2::1]/" },
        { "overlay identifiers", "http://[2001:20::1]/" },
        { "documentation", "http://[2001:db8::1]/" },
        { "documentation", "http://[3fff::1]/" },
        { "AS112", "http://[2620:4f:8000::1]/" },
        { "discard only", "http://[100::1]/" },
        { "segment routing", "http://[5f00::1]/" },
        { "unique local", "http://[fc00::1]/" },
        { "unique local", "http://[fdff:ffff::1]/" },
        { "cloud metadata of IPv6", "http://[fd00:ec2::254]/" },
        { "link-local", "http://[fe80::1]/" },
        { "link-local with a zone", "http://[fe80::1%25eth0]/" },
        { "link-local with a number for a zone", "http://[fe80::1%251]/" },
        { "a public address with a zone", "http://[2606:4700:4700::1111%251]/" },
        { "site-local", "http://[fec0::1]/" },
        { "multicast", "http://[ff02::1]/" },
        { "multicast", "http://[ff0e::1]/" },
        { "not given out", "http://[4000::1]/" },
        { "not given out", "http://[e000::1]/" },
        { "a public name before an at sign", "http://public.example@127.0.0.1/" },
        { "a public name and port before an at sign", "http://public.example:80@10.0.0.1/" },
        { "an escaped at sign", "http://public.example%40@127.0.0.1/" },
        { "a backslash before an at sign", "http://127.0.0.1\\@public.example/" },
        { "a fragment before an at sign", "http://127.0.0.1#@public.example/" },
        { "a question before an at sign", "http://127.0.0.1?@public.example/" },
        { "a name that leads inside", "http://inside.example/" },
        { "a name that leads inside, over TLS", "https://inside.example/" },
        { "a name that leads to loopback", "http://loop.example/" },
        { "a name that leads to metadata", "http://metadata.example/" },
        { "a name that leads to mapped loopback", "http://mapped.example/" },
        { "a name that leads to unique local", "http://ula.example/" },
        { "a name with the address in it", "http://127.0.0.1.nip.example/" },
        { "a name without a dot", "http://intranet/" },
        { "a cluster's name", "http://kubernetes.default.svc/" },
        { "a metadata name", "http://metadata.google.internal/" },
        { "circled digits", "http://①②⑦.⓪.⓪.①/" },
        { "fullwidth digits", "http://１２７.０.０.１/" },
        { "ideographic dots", "http://127。0。0。1/" },
        { "fullwidth dots", "http://127．0．0．1/" },
        { "a name of other letters", "http://lоcalhost/" },
        { "a name in long s", "http://localhoſt/" },
        { "a soft hyphen", "http://local\u00ADhost/" },
        { "a space without width", "http://127.0.0.1\u200B/" },
        { "a port that is not asked: SSH", "http://public.example:22/" },
        { "a port that is not asked: SMTP", "http://public.example:25/" },
        { "a port that is not asked: Redis", "http://public.example:6379/" },
        { "a port that is not asked: PostgreSQL", "https://public.example:5432/" },
        { "a port that is not asked: Elasticsearch", "http://93.184.216.34:9200/" },
        { "a port that is not asked: IPv6", "http://[2606:4700:4700::1111]:11211/" },
        { "another scheme", "ftp://public.example/feed.xml" },
        { "another scheme", "file:///etc/passwd" },
        { "another scheme", "gopher://127.0.0.1:6379/_FLUSHALL" },
        { "another scheme", "dict://127.0.0.1:11211/stat" },
        { "another scheme", "ldap://127.0.0.1/" },
        { "another scheme", "jar:http://127.0.0.1!/" },
        { "another scheme", "data:text/xml,<rss/>" },
        { "another scheme", "javascript:fetch('http://127.0.0.1')" },
        { "another scheme", "ws://public.example/" },
    };

    public static TheoryData<string, string> Legitimate => new()
    {
        { "a name", "http://public.example/feed.xml" },
        { "a name over TLS", "https://public.example/feed.xml" },
        { "a name with its dot", "https://public.example./" },
        { "a name in capitals", "HTTPS://PUBLIC.EXAMPLE/" },
        { "a name below", "https://www.public.example/" },
        { "a name of other letters", "https://bücher.example/" },
        { "a name of other letters, encoded", "https://xn--bcher-kva.example/" },
        { "a name of Chinese letters", "https://新闻.example/" },
        { "a name that looks like an address", "http://127.0.0.1.public.example/" },
        { "a name with IPv6 only", "https://six.example/" },
        { "a name with both", "https://both.example/" },
        { "a name of which one address is inside", "https://mixed.example/" },
        { "a user name", "http://reader:secret@public.example/" },
        { "an address in the question", "http://public.example/?url=http://127.0.0.1/" },
        { "an address in the path", "http://public.example/http://127.0.0.1/" },
        { "an at sign in the path", "http://public.example/@127.0.0.1" },
        { "the usual port", "http://public.example:80/" },
        { "the usual port of TLS", "https://public.example:443/" },
        { "another usual port", "http://public.example:8080/" },
        { "another usual port", "https://public.example:8443/" },
        { "another usual port", "http://public.example:8000/" },
        { "an address", "http://1.1.1.1/" },
        { "an address", "http://8.8.8.8/" },
        { "an address", "https://93.184.216.34/" },
        { "a decimal address", "http://134744072/" },
        { "a hexadecimal address", "http://0x08080808/" },
        { "before private", "http://9.255.255.255/" },
        { "after private", "http://11.0.0.0/" },
        { "before carrier-grade NAT", "http://100.63.255.255/" },
        { "after carrier-grade NAT", "http://100.128.0.0/" },
        { "before loopback", "http://126.255.255.255/" },
        { "after loopback", "http://128.0.0.1/" },
        { "before link-local", "http://169.253.255.255/" },
        { "after link-local", "http://169.255.0.0/" },
        { "before private", "http://172.15.255.255/" },
        { "after private", "http://172.32.0.0/" },
        { "before private", "http://192.167.255.255/" },
        { "after private", "http://192.169.0.0/" },
        { "after protocol assignments", "http://192.0.1.1/" },
        { "before benchmarking", "http://198.17.255.255/" },
        { "after benchmarking", "http://198.20.0.0/" },
        { "before documentation", "http://203.0.112.255/" },
        { "after documentation", "http://203.0.114.0/" },
        { "before multicast", "http://223.255.255.255/" },
        { "IPv6", "http://[2606:4700:4700::1111]/" },
        { "IPv6", "https://[2001:4860:4860::8888]/" },
        { "IPv6 at a usual port", "https://[2a00:1450:4001:81b::200e]:8443/" },
        { "after Teredo and its neighbours", "http://[2001:200::1]/" },
        { "after 6to4", "http://[2003::1]/" },
        { "mapped", "http://[::ffff:93.184.216.34]/" },
        { "ISATAP of a public address", "http://[2a00:1450::5efe:8.8.8.8]/" },
    };

    private static void Only(FetchingOptions options, Uri site)
    {
        options.AllowedAddresses.Clear();
        options.AllowedAddresses.Add(site.Authority);
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken stop) => Task.FromResult<IPAddress[]>(host.TrimEnd('.') switch
    {
        "inside.example" => [IPAddress.Parse("10.0.0.5")],
        "metadata.example" => [IPAddress.Parse("169.254.169.254")],
        "mapped.example" => [IPAddress.Parse("::ffff:127.0.0.1")],
        "ula.example" => [IPAddress.Parse("fd00::5")],
        "six.example" => [IPAddress.Parse("2606:4700:4700::1111")],
        "both.example" => [IPAddress.Parse("2606:4700:4700::1111"), IPAddress.Parse("93.184.216.34")],
        "mixed.example" => [IPAddress.Loopback, IPAddress.Parse("93.184.216.34")],
        "public.example" or "www.public.example" or "127.0.0.1.public.example" or "xn--bcher-kva.example" or "xn--efvy88h.example" => [IPAddress.Parse("93.184.216.34")],
        _ => [IPAddress.Loopback],
    });
}
