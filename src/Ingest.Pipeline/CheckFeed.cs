using System.Net;
using System.Net.Sockets;
using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Discovery;
using Ingest.Core.Web;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>A doctor for feeds: does what a poll would do, changes nothing, and tells what happened at each step.</summary>
public sealed class CheckFeed(Fetcher fetcher, FeedParser parser, AddressGuard guard, PollTimes times, IOptions<FetchingOptions> fetching, IOptions<ScheduleOptions> schedule, TimeProvider clock)
{
    private const string Accept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";

    /// <summary>Two requests, and one for each redirect. Only shutdown throws.</summary>
    public async Task<FeedCheck> RunAsync(Uri url, CancellationToken stop)
    {
        var addresses = await ResolveAsync(url, stop);
        var outcome = await fetcher.GetAsync(new FetchRequest(url, Accept), stop);
        var check = new FeedCheck(url, addresses, outcome.Visits);
        if (outcome is not FetchOutcome.Fetched page)
        {
            return check with { Error = outcome is FetchOutcome.Failed failed ? failed.Why : "another worker is talking to the host at this moment" };
        }
        check = check with { FinalUrl = page.FinalUrl, MovedTo = page.MovedTo, Headers = page.Headers };
        switch (parser.Parse(ParseFeed.DocumentOf(page)))
        {
            case FeedParseOutcome.Parsed { Feed: var feed }:
                return check with { Feed = feed, Hubs = HubsOf(feed, page), Advice = AdviceOf(feed, page), NextPoll = NextPoll(url, feed), Robots = await RobotsAsync(feed, stop) };
            case FeedParseOutcome.NotAFeed not:
                var named = FeedDiscovery.Read(page.Body, page.Headers.ContentType, page.FinalUrl, LastHeader(page, "link"));
                return check with { Error = $"not a feed: {not.Why}", Feeds = named.Feeds };
            default:
                throw new InvalidOperationException("a new kind of outcome");
        }
    }

    private static IReadOnlyList<string> HubsOf(ParsedFeed feed, FetchOutcome page) =>
    [
        .. LinkHeader.Parse(LastHeader(page, "link")).Where(link => link.Rels.Contains("hub")).Select(link => link.Target)
            .Concat(feed.Links.Where(link => link is { Rel: "hub", Href: not null }).Select(link => link.Href!)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>As after the first poll of a new subscription, which has the dates of the entries to go by.</summary>
    private DateTimeOffset NextPoll(Uri url, ParsedFeed feed)
    {
        var (subscription, now) = (new FeedToPoll(0, url), clock.GetUtcNow());
        return times.Next(subscription, PollTimes.Learn(subscription, feed, [], now), now);
    }

    private PollAdvice AdviceOf(ParsedFeed feed, FetchOutcome.Fetched page) => PollAdvice.Of(
        feed.Schedule, new FreshnessHeaders(LastHeader(page, "cache-control"), LastHeader(page, "expires"), LastHeader(page, "date"), LastHeader(page, "age")),
        retryAfter: null, clock.GetUtcNow(), schedule.Value.MinInterval, schedule.Value.MaxInterval);

    private static string? LastHeader(FetchOutcome page, string name) => page.Visits is [.., var last] ? last.Headers.GetValueOrDefault(name) : null;

    private async Task<IReadOnlyList<CheckedAddress>> ResolveAsync(Uri url, CancellationToken stop)
    {
        try
        {
            var addresses = IPAddress.TryParse(url.IdnHost, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(url.IdnHost, stop);
            return [.. addresses.Select(address => new CheckedAddress(address.ToString(), guard.Allows(new IPEndPoint(address, url.Port))))];
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // No such name: the fetch says so better.
            return [];
        }
    }

    /// <summary>Polls do not ask it; the articles' pages do.</summary>
    private async Task<RobotsCheck?> RobotsAsync(ParsedFeed feed, CancellationToken stop)
    {
        var pages = feed.Entries.Select(entry => entry.Link).OfType<Uri>().Where(link => link.Scheme is "http" or "https").ToList();
        if (pages is not [var first, ..]) return null;
        var url = new Uri(first, "/robots.txt");
        var outcome = await fetcher.GetAsync(new FetchRequest(url, "text/plain, */*;q=0.5") { CutAt = RobotsTxt.MaxBytes }, stop);
        var there = pages.Where(link => link.Authority == first.Authority).ToList();
        var said = outcome switch
        {
            FetchOutcome.Fetched file => RobotsTxt.Parse(file.Body.Span),
            FetchOutcome.Failed { Status: >= 400 and < 500 and not 408 and not 425 and not 429 } => RobotsTxt.AllowAll,
            _ => RobotsTxt.DisallowAll,
        };
        var token = RobotsTxt.ProductToken(fetching.Value.UserAgent);
        var refused = there.Select(link => said.Check(token, link.PathAndQuery)).Where(verdict => !verdict.Allowed).ToList();
        return new RobotsCheck(
            url, (outcome as FetchOutcome.Failed)?.Why, there.Count, refused.Count, refused.Count > 0 && outcome is FetchOutcome.Fetched ? refused[0] : null,
            said.CrawlDelay(token, fetching.Value.MaxCrawlDelay));
    }
}

/// <summary>What a check found, as far as it came. Null means that it did not come so far.</summary>
/// <param name="Addresses">What the host's name stands for; empty when it stands for nothing.</param>
/// <param name="Visits">The requests, the first one first.</param>
public sealed record FeedCheck(Uri Url, IReadOnlyList<CheckedAddress> Addresses, IReadOnlyList<FetchVisit> Visits)
{
    /// <summary>Why it is no feed that could be polled, in one line.</summary>
    public string? Error { get; init; }
    public Uri? FinalUrl { get; init; }

    /// <summary>Where permanent redirects led; null when there was none.</summary>
    public Uri? MovedTo { get; init; }
    public FetchedHeaders? Headers { get; init; }
    public ParsedFeed? Feed { get; init; }

    /// <summary>Where changes can be subscribed to (WebSub).</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];
    public PollAdvice? Advice { get; init; }

    /// <summary>When it would be polled next, were it subscribed now.</summary>
    public DateTimeOffset? NextPoll { get; init; }
    public RobotsCheck? Robots { get; init; }

    /// <summary>Feeds that the page names, where it is none itself.</summary>
    public IReadOnlyList<FeedCandidate> Feeds { get; init; } = [];
}

/// <summary>An address of the host, and whether it may be connected to.</summary>
public sealed record CheckedAddress(string Address, bool Allowed);

/// <summary>What robots.txt says of the articles' pages.</summary>
/// <param name="Error">Why it could not be read; a 4xx allows all, everything else nothing for the time being. Null when it was read.</param>
/// <param name="Pages">Links of the feed on that host.</param>
/// <param name="Refused">How many of them it forbids.</param>
/// <param name="Rule">The first of the rules that do; null when there is none.</param>
/// <param name="CrawlDelay">The pause it asks for, as far as it is kept; null when it does not ask.</param>
public sealed record RobotsCheck(Uri Url, string? Error, int Pages, int Refused, RobotsVerdict? Rule, TimeSpan? CrawlDelay);
