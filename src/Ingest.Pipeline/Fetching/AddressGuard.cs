using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ingest.Pipeline.Fetching;

/// <summary>
/// Decides which addresses may be connected to. Asked with the address of the connection itself, at every hop, so that neither a
/// redirect nor a name that resolves to the inside gets through.
/// </summary>
public sealed class AddressGuard
{
    // IANA's special-purpose registries (RFC 6890 and successors), multicast and what embeds an IPv4 address in an IPv6 one.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>All of IPv6 that is given out to networks of the world; NAT64, unique local, link-local and multicast lie outside.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly IPNetwork[] _allowedNetworks;
    private readonly HashSet<IPEndPoint> _allowedEndPoints;
    private readonly HashSet<int>? _ports;
    private readonly Resolver _resolver;

    // A host more than this is not remembered: it only makes a failure easier to explain.
    private const int MostRemembered = 100_000;
    private readonly ConcurrentDictionary<DnsEndPoint, IPAddress> _connected = new();

    private AddressGuard(IPNetwork[] networks, HashSet<IPEndPoint> endPoints, HashSet<int>? ports, Resolver resolver) =>
        (_allowedNetworks, _allowedEndPoints, _ports, _resolver) = (networks, endPoints, ports, resolver);

    /// <summary>The addresses of a name.</summary>
    public delegate Task<IPAddress[]> Resolver(string host, CancellationToken stop);

    /// <summary>Null and the offending entry when the list holds something that is neither a CIDR range nor an endpoint.</summary>
    /// <param name="ports">Those that may be connected to at public addresses; null for all.</param>
    /// <param name="resolver">Null for the system's.</param>
    public static AddressGuard? TryCreate(IEnumerable<string> allowed, out string? offending, IEnumerable<int>? ports = null, Resolver? resolver = null)
    {
        var networks = new List<IPNetwork>();
        var endPoints = new HashSet<IPEndPoint>();
        foreach (var entry in allowed)
        {
            if (entry.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(entry, out var network)) networks.Add(network);
            else if (IPEndPoint.TryParse(entry, out var endPoint) && endPoint.Port > 0) endPoints.Add(endPoint);
            else
            {
                offending = entry;
                return null;
            }
        }
        offending = null;
        return new AddressGuard([.. networks], endPoints, ports?.ToHashSet(), resolver ?? Dns.GetHostAddressesAsync);
    }

    /// <summary>What is wrong with an entry, for a person.</summary>
    public static string NeitherRangeNorEndPoint(string offending) => $"'{offending}' is neither a range like 10.1.0.0/16 nor an endpoint like 127.0.0.1:9000";

    /// <summary>Whether a connection to this endpoint may be made.</summary>
    public bool Allows(IPEndPoint endPoint)
    {
        var address = Plain(endPoint.Address);
        return IsOpened(address, endPoint.Port) || IsPublic(address) && IsUsual(endPoint.Port);
    }

    private bool IsOpened(IPAddress address, int port) => _allowedEndPoints.Contains(new IPEndPoint(address, port)) || _allowedNetworks.Any(network => network.Contains(address));

    private bool IsUsual(int port) => _ports?.Contains(port) ?? true;

    private static bool IsPublic(IPAddress address)
    {
        if (Special.Any(network => network.Contains(address))) return false;
        if (address.AddressFamily is AddressFamily.InterNetwork) return true;
        return address.ScopeId == 0 && GlobalUnicast.Contains(address) && (Isatap(address) is not { } inner || IsPublic(inner));
    }

    /// <summary>The IPv4 address in the last half of an ISATAP address (RFC 5214, 6.1), which any prefix may have; null for others.</summary>
    private static IPAddress? Isatap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.AsSpan(8, 4) is [0x00 or 0x02, 0x00, 0x5E, 0xFE] ? new IPAddress(bytes.AsSpan(12)) : null;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>HTTP for untrusted addresses: it connects where the guard allows, follows no redirect, keeps no cookie and asks no proxy but the given one.</summary>
    /// <param name="proxy">Chosen by the operator, and so not checked itself; who is asked through it is <see cref="RefusalAsync"/>'s matter.</param>
    public SocketsHttpHandler CreateHandler(Uri? proxy = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : ProxyAt(proxy),
        ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, IsProxy(context.DnsEndPoint, proxy), stop),
        // Our traces are nobody else's business.
        ActivityHeadersPropagator = null,
        // Names move to other addresses; a pooled connection would never notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    };

    private static WebProxy ProxyAt(Uri proxy) => new(proxy)
    {
        Credentials = proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
            ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(rest is [var password] ? password : ""))
            : null,
    };

    private static bool IsProxy(DnsEndPoint target, Uri? proxy) => proxy is not null && target.Port == proxy.Port && target.Host.Equals(proxy.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>The address that the host was last connected at; null when it never was.</summary>
    public IPAddress? LastConnected(Uri url) => _connected.TryGetValue(EndPointOf(url), out var address) ? Plain(address) : null;

    private static DnsEndPoint EndPointOf(Uri url) => new(url.IdnHost, url.Port);

    /// <summary>
    /// Why a host may not be asked through a proxy, which finds its address itself: as far as this side knows the address. Null when it may, or when the name is
    /// not known here.
    /// </summary>
    public async Task<RefusedAddressException?> RefusalAsync(Uri url, CancellationToken stop)
    {
        try
        {
            await AllowedAsync(EndPointOf(url), stop);
            return null;
        }
        catch (RefusedAddressException refused)
        {
            return refused;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Resolves once and gives the allowed ones of these addresses: nobody asks the name again before the connection is made.</summary>
    /// <exception cref="RefusedAddressException">No address of the host may be connected to.</exception>
    private async Task<IPAddress[]> AllowedAsync(DnsEndPoint target, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await _resolver(target.Host, stop);
        var allowed = addresses.Where(address => Allows(new IPEndPoint(address, target.Port))).ToArray();
        if (allowed.Length > 0) return allowed;
        throw addresses.Any(address => IsPublic(Plain(address))) ? RefusedAddressException.OfPort(target.Host, target.Port) : RefusedAddressException.OfAddress(target.Host, addresses);
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>: resolves, checks each address and connects to the first that is allowed.</summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool isProxy, CancellationToken stop)
    {
        var addresses = isProxy ? await _resolver(target.Host, stop) : await AllowedAsync(target, stop);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, stop);
            if (socket.RemoteEndPoint is IPEndPoint { Address: var remote } && (_connected.Count < MostRemembered || _connected.ContainsKey(target))) _connected[target] = remote;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Thrown through the HTTP stack when <see cref="AddressGuard"/> refuses; whoever asked turns it into an outcome.</summary>
public sealed class RefusedAddressException : Exception
{
    public RefusedAddressException() { }
    public RefusedAddressException(string message) : base(message) { }
    public RefusedAddressException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The setting that can allow it.</summary>
    public string Setting { get; private init; } = "AllowedAddresses";

    internal static RefusedAddressException OfAddress(string host, IPAddress[] addresses) =>
        new($"{host} ({string.Join(", ", addresses.Select(address => address.ToString()))}) is not a public address");

    internal static RefusedAddressException OfPort(string host, int port) => new($"{host} is not asked on port {port}") { Setting = "AllowedPorts" };
}
