using System.Net;
using System.Net.Sockets;

namespace Ingest.Worker.Access;

/// <summary>
/// Slows the guessing of passwords, by address and over all of them. Kept in this process's memory: with several workers behind one address, a guesser
/// gets as many times as much.
/// </summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>A person who has forgotten which password it was; then two an hour's tenth.</summary>
    private static readonly Pace OfOne = new(20, TimeSpan.FromSeconds(30));

    /// <summary>
    /// A guesser with many addresses. Those who have a session notice nothing; who wants to sign in meanwhile competes with the guesser, which is why a
    /// proxy can shield the pages and this cannot.
    /// </summary>
    private static readonly Pace OfAll = new(100, TimeSpan.FromSeconds(1));

    /// <summary>Addresses remembered before those are forgotten that nothing is held against. The pace of all keeps the rest few.</summary>
    private const int Remembered = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, TimeSpan> _byAddress = [];
    private readonly long _begun = clock.GetTimestamp();
    private TimeSpan _all;

    /// <summary>Counts an attempt before its password is looked at, so that many at once are not looked at together. How long to wait when it is one too many.</summary>
    public TimeSpan? Refuse(IPAddress? from)
    {
        var address = Whose(from);
        lock (_lock)
        {
            var now = clock.GetElapsedTime(_begun);
            var mine = _byAddress.GetValueOrDefault(address);
            var wait = Max(OfOne.Wait(mine, now), OfAll.Wait(_all, now));
            if (wait > TimeSpan.Zero) return wait;
            if (_byAddress.Count >= Remembered) Forget(now);
            _byAddress[address] = OfOne.Spend(mine, now);
            _all = OfAll.Spend(_all, now);
            return null;
        }
    }

    /// <summary>The attempt was right: it does not count.</summary>
    public void Return(IPAddress? from)
    {
        var address = Whose(from);
        lock (_lock)
        {
            if (_byAddress.TryGetValue(address, out var mine)) _byAddress[address] = mine - OfOne.Every;
            _all -= OfAll.Every;
        }
    }

    private void Forget(TimeSpan now)
    {
        foreach (var address in _byAddress.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList()) _byAddress.Remove(address);
    }

    // One customer of a provider has a whole /64 of IPv6.
    private static IPAddress Whose(IPAddress? from)
    {
        if (from is null) return IPAddress.None;
        if (from.IsIPv4MappedToIPv6) return from.MapToIPv4();
        return from.AddressFamily is AddressFamily.InterNetworkV6 ? new IPAddress([.. from.GetAddressBytes()[..8], .. new byte[8]]) : from;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>So many at once, then one in a while. The state is the instant at which nothing is held against anybody any more (the generic cell rate algorithm).</summary>
    private sealed record Pace(int AtOnce, TimeSpan Every)
    {
        public TimeSpan Wait(TimeSpan clearAt, TimeSpan now) => clearAt + Every - now - (AtOnce * Every);

        public TimeSpan Spend(TimeSpan clearAt, TimeSpan now) => Max(clearAt, now) + Every;
    }
}
