using System.Collections.Concurrent;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline.Fetching;

/// <summary>
/// Politeness over all workers: few requests to one host at a time, a pause between their starts, and none while the host has asked for quiet
/// (Retry-After). A host is an authority: name and port.
/// With a pause, a host is leased to one worker at a time, which counts for itself; a lease is asked for at the first request, prolonged by use and otherwise runs out.
/// Without one, the workers divide the requests at a time among them, and a single big host is asked by all.
/// </summary>
public sealed class HostThrottle(IOptions<FetchingOptions> options, IHostStore hosts, WorkerIdentity me, TimeProvider clock)
{
    /// <summary>A dead worker's hosts are free after this time, when its feeds are taken over too.</summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(20);

    /// <summary>A lease counts as ended so much earlier here than for the others, who read other clocks; and between the last look and the request time passes.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>A host that another worker holds is not asked for again before this.</summary>
    private static readonly TimeSpan RefusedTime = TimeSpan.FromSeconds(2);

    /// <summary>When what was deferred is due again: half of the lease that stood in its way is over by then on the average.</summary>
    private static readonly TimeSpan DeferTime = LeaseTime / 2;

    /// <summary>By then every other worker has given a sign of life, and heard of a newcomer.</summary>
    private static readonly TimeSpan CountedAfter = WorkerLife.Beat * 1.2;

    private readonly ConcurrentDictionary<string, HostGate> _hosts = new(StringComparer.Ordinal);
    private readonly FetchingOptions _options = options.Value;

    // 0: this process is no worker but a command, and asks nobody.
    private volatile int _workers;
    private long _entered;

    private bool IsExclusive => _workers > 0 && (_options.HostDelay > TimeSpan.Zero || _workers > _options.HostConcurrency);

    private int Share => IsExclusive || _workers == 0 ? _options.HostConcurrency : Math.Max(1, _options.HostConcurrency / _workers);

    /// <summary>What the last sign of life brought.</summary>
    public void Hear(Pulse pulse)
    {
        // A newcomer among others leaves the hosts to them until they have counted it.
        if (_workers == 0 && pulse.Workers > 1) _entered = clock.GetTimestamp();
        _workers = pulse.Workers;
        foreach (var (host, until) in pulse.Quiet) HostOf(host).Quieten(until);
        foreach (var slow in pulse.Slow) HostOf(slow.Host).Slow(slow);
    }

    /// <summary>How long the host still wants to be left alone; null when it may be asked.</summary>
    public TimeSpan? QuietFor(Uri url) =>
        _hosts.TryGetValue(url.Authority, out var host) && host.QuietAt(clock.GetUtcNow()) is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>Notes that the host has asked for quiet, and tells the other workers and the next start.</summary>
    public async Task QuietenAsync(Uri url, TimeSpan time, CancellationToken stop)
    {
        var until = clock.GetUtcNow() + time;
        if (HostOf(url.Authority).Quieten(until) && _workers > 0) await hosts.QuietenAsync(new QuietHost(url.Authority, until), stop);
    }

    /// <summary>The host has refused for there were too many requests: it is asked more slowly from here on, by all workers, and ever less so with time.</summary>
    public async Task SlowDownAsync(Uri url, CancellationToken stop)
    {
        if (_options.MaxSlowDown == TimeSpan.Zero) return;
        var slow = HostOf(url.Authority).SlowDown(url.Authority, _options.HostDelay, _options.MaxSlowDown, clock.GetUtcNow());
        if (slow is not null && _workers > 0) await hosts.SlowDownAsync(slow, stop);
    }

    /// <summary>Keeps the pause that the host's robots.txt asks for.</summary>
    public void KeepCrawlDelay(Uri url, TimeSpan delay) => HostOf(url.Authority).KeepCrawlDelay(delay);

    /// <summary>Asks for the leases of hosts that will be needed, in one go; those that another worker holds are deferred when their turn comes.</summary>
    public async Task ExpectAsync(IEnumerable<string> names, CancellationToken stop)
    {
        if (!IsExclusive) return;
        var now = clock.GetUtcNow();
        var asked = names.Distinct(StringComparer.Ordinal).Where(name => HostOf(name).LeaseAt(now).Held < LeaseTime / 2).ToList();
        if (asked.Count > 0) await LeaseAsync(asked, stop);
    }

    /// <summary>Waits for the host's turn, which ends when the returned value is disposed of; null when another worker has the host.</summary>
    public async Task<Turn?> WaitAsync(Uri url, CancellationToken stop)
    {
        var host = HostOf(url.Authority);
        if (!await IsHeldAsync(url.Authority, host, stop)) return null;
        await host.EnterAsync(Share, stop);
        var started = false;
        try
        {
            return (started = await StartAsync(url.Authority, host, stop)) ? new Turn(this, host) : null;
        }
        finally
        {
            if (!started) host.Exit(Share);
        }
    }

    /// <summary>How long what another worker's host is needed for should wait.</summary>
    public static TimeSpan Deferral => DeferTime;

    private async Task<bool> StartAsync(string name, HostGate host, CancellationToken stop)
    {
        while (true)
        {
            if (!await IsHeldAsync(name, host, stop)) return false;
            var start = host.ReserveStart(clock.GetUtcNow(), PauseOf(host));
            for (var wait = start - clock.GetUtcNow(); wait > TimeSpan.Zero; wait = start - clock.GetUtcNow())
            {
                // In steps, so that a long pause does not outlast the lease.
                await Task.Delay(wait < LeaseTime / 4 ? wait : LeaseTime / 4, clock, stop);
                if (!await IsHeldAsync(name, host, stop)) return false;
            }
            if (host.Stands(start)) return true;
        }
    }

    // Where the workers divide a host, each keeps so many pauses that together they keep one.
    private TimeSpan PauseOf(HostGate host) => host.PauseAt(clock.GetUtcNow(), _options.HostDelay) * (IsExclusive ? 1 : Math.Max(1, _workers));

    private async ValueTask<bool> IsHeldAsync(string name, HostGate host, CancellationToken stop)
    {
        if (!IsExclusive) return await IsCountedAsync(stop);
        var (held, refused) = host.LeaseAt(clock.GetUtcNow());
        if (held >= LeaseTime / 2) return true;
        if (refused > TimeSpan.Zero) return false;
        await host.AskOnce(() => LeaseAsync([name], CancellationToken.None)).WaitAsync(stop);
        return host.LeaseAt(clock.GetUtcNow()).Held > TimeSpan.Zero;
    }

    private async ValueTask<bool> IsCountedAsync(CancellationToken stop)
    {
        if (_entered != 0 && CountedAfter - clock.GetElapsedTime(_entered) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, clock, stop);
        return true;
    }

    private async Task LeaseAsync(IReadOnlyCollection<string> names, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var granted = (await hosts.LeaseAsync(names, me.Name, now, now + LeaseTime, _options.HostDelay, stop)).ToDictionary(lease => lease.Host, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (granted.TryGetValue(name, out var lease)) HostOf(name).Hold(lease, now + LeaseTime - Margin, now, _options.HostDelay);
            else HostOf(name).Refuse(now + RefusedTime);
        }
    }

    private HostGate HostOf(string name) => _hosts.GetOrAdd(name, _ => new HostGate());

    /// <summary>One request's right to talk to the host.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly HostThrottle _throttle;
        private readonly HostGate _host;

        internal Turn(HostThrottle throttle, HostGate host) => (_throttle, _host) = (throttle, host);

        public void Dispose() => _host.Exit(_throttle.Share);
    }
}
