using System.Collections.Concurrent;
using Ingest.Pipeline.Options;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>
/// Politeness within this process: few requests to one host at a time, a pause between their starts, and none while the host has
/// asked for quiet (Retry-After). A host is an authority: name and port.
/// </summary>
public sealed class HostThrottle : IDisposable
{
    private readonly ConcurrentDictionary<string, Host> _hosts = new(StringComparer.Ordinal);
    private readonly FetchingOptions _options;
    private readonly TimeProvider _clock;

    public HostThrottle(IOptions<FetchingOptions> options, TimeProvider clock) => (_options, _clock) = (options.Value, clock);

    /// <summary>How long the host still wants to be left alone; null when it may be asked.</summary>
    public TimeSpan? QuietFor(Uri url) =>
        _hosts.TryGetValue(url.Authority, out var host) && host.QuietUntil - _clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>Notes that the host has asked for quiet.</summary>
    public void Quieten(Uri url, TimeSpan time)
    {
        var host = HostOf(url);
        var until = _clock.GetUtcNow() + time;
        if (until > host.QuietUntil) host.QuietUntil = until;
    }

    /// <summary>Waits for the host's turn; the turn ends when the returned value is disposed of.</summary>
    public async Task<Turn> WaitAsync(Uri url, CancellationToken stop)
    {
        var host = HostOf(url);
        await host.Slots.WaitAsync(stop);
        try
        {
            var wait = host.ReserveStart(_clock.GetUtcNow(), _options.HostDelay);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, _clock, stop);
            return new Turn(host.Slots);
        }
        catch
        {
            host.Slots.Release();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var host in _hosts.Values) host.Slots.Dispose();
    }

    private Host HostOf(Uri url) => _hosts.GetOrAdd(url.Authority, _ => new Host(_options.HostConcurrency));

    /// <summary>One request's right to talk to the host.</summary>
    public readonly struct Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }

    private sealed class Host(int concurrency)
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _nextStart;

        public SemaphoreSlim Slots { get; } = new(concurrency);
        public DateTimeOffset QuietUntil { get; set; }

        public TimeSpan ReserveStart(DateTimeOffset now, TimeSpan gap)
        {
            lock (_gate)
            {
                var start = _nextStart > now ? _nextStart : now;
                _nextStart = start + gap;
                return start - now;
            }
        }
    }
}
