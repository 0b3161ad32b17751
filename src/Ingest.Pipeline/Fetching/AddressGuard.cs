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
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
            "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IPNetwork[] _allowedNetworks;
    private readonly HashSet<IPEndPoint> _allowedEndPoints;

    // A host more than this is not remembered: it only makes a failure easier to explain.
    private const int MostRemembered = 100_000;
    private readonly ConcurrentDictionary<DnsEndPoint, IPAddress> _connected = new();

    private AddressGuard(IPNetwork[] networks, HashSet<IPEndPoint> endPoints) => (_allowedNetworks, _allowedEndPoints) = (networks, endPoints);

    /// <summary>Null and the offending entry when the list holds something that is neither a CIDR range nor an endpoint.</summary>
    public static AddressGuard? TryCreate(IEnumerable<string> allowed, out string? offending)
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
        return new AddressGuard([.. networks], endPoints);
    }

    /// <summary>What is wrong with an entry, for a person.</summary>
    public static string NeitherRangeNorEndPoint(string offending) => $"'{offending}' is neither a range like 10.1.0.0/16 nor an endpoint like 127.0.0.1:9000";

    /// <summary>Whether a connection to this endpoint may be made.</summary>
    public bool Allows(IPEndPoint endPoint)
    {
        var address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        return _allowedEndPoints.Contains(new IPEndPoint(address, endPoint.Port))
            || _allowedNetworks.Any(network => network.Contains(address))
            || !Special.Any(network => network.Contains(address));
    }

    /// <summary>HTTP for untrusted addresses: it connects where the guard allows, follows no redirect, keeps no cookie and asks no proxy.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = ConnectAsync,
        // Our traces are nobody else's business.
        ActivityHeadersPropagator = null,
        // Names move to other addresses; a pooled connection would never notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    };

    /// <summary>The address that the host was last connected at; null when it never was.</summary>
    public IPAddress? LastConnected(Uri url) =>
        _connected.TryGetValue(new DnsEndPoint(url.IdnHost, url.Port), out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>: resolves, checks each address and connects to the first that is allowed.</summary>
    /// <exception cref="RefusedAddressException">No address of the host may be connected to.</exception>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var target = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, stop);
        var allowed = addresses.Where(address => Allows(new IPEndPoint(address, target.Port))).ToArray();
        if (allowed.Length == 0) throw new RefusedAddressException(target.Host, addresses);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, stop);
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

    internal RefusedAddressException(string host, IPAddress[] addresses)
        : base($"{host} ({string.Join(", ", addresses.Select(a => a.ToString()))}) is not a public address") { }
}
