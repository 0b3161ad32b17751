using System.Collections.Concurrent;
using Ingest.Core.Web;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline.Fetching;

/// <summary>
/// The hosts' robots.txt: asked once for all workers while it is believed. A host is an authority, so that http and https share one where both have their usual port.
/// </summary>
internal sealed class RobotsTexts(IHostStore hosts, HostThrottle throttle, FetchingOptions options, TimeProvider clock)
{
    /// <summary>A robots.txt that could not be had is asked for again after this.</summary>
    private static readonly TimeSpan UnreachableFor = TimeSpan.FromMinutes(10);

    /// <summary>Above, all are forgotten: each may hold half a megabyte, and asking the table again costs little.</summary>
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Null when the address may be asked; otherwise why not, or what came in between.</summary>
    /// <param name="fetch">Fetches robots.txt.</param>
    public async Task<FetchOutcome?> RefusalAsync(Uri url, string userAgent, Func<Uri, CancellationToken, Task<FetchOutcome>> fetch, CancellationToken stop)
    {
        var (known, instead) = await KnownAsync(url, fetch, stop);
        if (instead is not null) return instead;
        var token = RobotsTxt.ProductToken(userAgent);
        if (known!.Rules is not { } rules) return Unreachable(url, known);
        throttle.KeepCrawlDelay(url, rules.CrawlDelay(token, options.MaxCrawlDelay) ?? TimeSpan.Zero);
        var verdict = rules.Check(token, url.PathAndQuery);
        return verdict.Allowed ? null : new FetchOutcome.Failed(FetchFault.Disallowed, $"robots.txt of {url.Authority} forbids it: line {verdict.Line}, {verdict.Rule}");
    }

    private FetchOutcome.Failed Unreachable(Uri url, Known known) => new(
        FetchFault.RobotsUnreachable, $"robots.txt of {url.Authority} cannot be had ({known.Why}), and until it can nothing is fetched there", known.Until - clock.GetUtcNow());

    private async Task<(Known? Known, FetchOutcome? Instead)> KnownAsync(Uri url, Func<Uri, CancellationToken, Task<FetchOutcome>> fetch, CancellationToken stop)
    {
        if (_entries.Count > MostRemembered) _entries.Clear();
        var entry = _entries.GetOrAdd(url.Authority, _ => new Entry());
        if (entry.Known is { } known && known.Until > clock.GetUtcNow()) return (known, null);
        // One asks for all who wait for it.
        await entry.Asking.WaitAsync(stop);
        try
        {
            if (entry.Known is { } fresh && fresh.Until > clock.GetUtcNow()) return (fresh, null);
            var (found, instead) = await AskAsync(url, fetch, stop);
            entry.Known = found ?? entry.Known;
            return (found, instead);
        }
        finally
        {
            entry.Asking.Release();
        }
    }

    private async Task<(Known? Known, FetchOutcome? Instead)> AskAsync(Uri url, Func<Uri, CancellationToken, Task<FetchOutcome>> fetch, CancellationToken stop)
    {
        var copy = await hosts.FindRobotsAsync(url.Authority, stop);
        if (copy is not null && copy.At + options.RobotsLifetime > clock.GetUtcNow()) return (Read(copy, copy.At + options.RobotsLifetime), null);
        switch (await fetch(new Uri(url, "/robots.txt"), stop))
        {
            case FetchOutcome.Fetched page:
                return (await KeepAsync(url, page.Body, stop), null);
            // There is none (RFC 9309, 2.3.1.3), or nobody knows where (2.3.1.2).
            case FetchOutcome.Failed { Status: >= 400 and < 500 and not 408 and not 425 and not 429 } or FetchOutcome.Failed { Fault: FetchFault.RedirectLoop or FetchFault.BadRedirect }:
                return (await KeepAsync(url, null, stop), null);
            // The page would be refused in the same way, and says so better.
            case FetchOutcome.Failed { Fault: FetchFault.RefusedAddress or FetchFault.UrlTooLong }:
                return (new Known(RobotsTxt.AllowAll, clock.GetUtcNow()), null);
            case FetchOutcome.Failed failed:
                var until = clock.GetUtcNow() + (failed.RetryAfter > UnreachableFor ? failed.RetryAfter.Value : UnreachableFor);
                // An old copy serves while there is no new one (2.4).
                return (copy is null ? new Known(null, until) { Why = failed.Why } : Read(copy, until), null);
            case var deferred:
                return (null, deferred);
        }
    }

    private async Task<Known> KeepAsync(Uri url, ReadOnlyMemory<byte>? body, CancellationToken stop)
    {
        var copy = new RobotsCopy(body, clock.GetUtcNow());
        await hosts.SaveRobotsAsync(url.Authority, copy, stop);
        return Read(copy, copy.At + options.RobotsLifetime);
    }

    private static Known Read(RobotsCopy copy, DateTimeOffset until) => new(copy.Body is { } body ? RobotsTxt.Parse(body.Span) : RobotsTxt.AllowAll, until);

    private sealed class Entry
    {
        public SemaphoreSlim Asking { get; } = new(1);
        public volatile Known? Known;
    }

    /// <param name="Rules">Null while there are none to be had.</param>
    private sealed record Known(RobotsTxt? Rules, DateTimeOffset Until)
    {
        public string? Why { get; init; }
    }
}
