using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Discovery;
using Ingest.Core.Web;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>
/// Finds the feeds that an address stands for. One GET where it is a feed itself, or a page that names its feeds; none where the address tells; a few more
/// where a page names none and it has to be tried where feeds often are.
/// </summary>
public sealed class FindFeeds(Fetcher fetcher, ParseFeed parse)
{
    private const string Accept = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, application/xml;q=0.8, */*;q=0.5";

    /// <summary>Sitemaps named in robots.txt are a last resort; those of the news come first.</summary>
    private const int MostSitemaps = 10;

    /// <summary>Only shutdown throws.</summary>
    public Task<FeedSearch> RunAsync(Uri url, CancellationToken stop) => RunAsync(url, lost: null, stop);

    /// <summary>The same, within the poll of a feed that is not where it was.</summary>
    internal async Task<FeedSearch> RunAsync(Uri url, FeedToPoll? lost, CancellationToken stop)
    {
        if (KnownSites.Feeds(url).Where(feed => feed.Source != CandidateSource.Guess).ToList() is { Count: > 0 } known) return new FeedSearch.Choices(known);
        switch (await fetcher.GetAsync(new FetchRequest(url, Accept), stop))
        {
            case FetchOutcome.Fetched page:
                if (await ParseAsync(lost, page, stop) is { } feed) return new FeedSearch.IsFeed(feed) { Requests = page.Visits.Count };
                var named = (await parse.MarkedAsync(lost, () => FeedDiscovery.Read(page.Body, page.Headers.ContentType, page.FinalUrl, LinkHeaderOf(page)), stop)).Feeds;
                return named.Count > 0 ? new FeedSearch.Choices(named) { Requests = page.Visits.Count } : await GuessAsync(url, lost, page, stop);
            case FetchOutcome.Failed failed:
                return new FeedSearch.Nothing(failed.Why, failed.Kind) { Requests = failed.Visits.Count };
            default:
                return new FeedSearch.Nothing("another worker is talking to the host at this moment", FailureKind.Transient);
        }
    }

    private async Task<FeedSearch> GuessAsync(Uri url, FeedToPoll? lost, FetchOutcome.Fetched page, CancellationToken stop)
    {
        var requests = page.Visits.Count;
        var guesses = KnownSites.Feeds(url).Select(feed => feed.Url).Concat(FeedDiscovery.Guesses(page.FinalUrl)).Distinct().Take(FeedDiscovery.MostGuesses);
        foreach (var guess in guesses)
        {
            var outcome = await fetcher.GetAsync(new FetchRequest(guess, Accept), stop);
            requests += outcome.Visits.Count;
            if (outcome is FetchOutcome.Fetched found && await ParseAsync(lost, found, stop) is { } feed)
                return new FeedSearch.Choices([new FeedCandidate(guess, feed.Title, found.Headers.ContentType, CandidateSource.Guess)]) { Requests = requests };
        }
        var robots = await fetcher.GetAsync(new FetchRequest(new Uri(page.FinalUrl, "/robots.txt"), "text/plain, */*;q=0.5"), stop);
        requests += robots.Visits.Count;
        var sitemaps = robots is FetchOutcome.Fetched file ? SitemapsOf(file) : [];
        return sitemaps.Count > 0
            ? new FeedSearch.Choices(sitemaps) { Requests = requests }
            : new FeedSearch.Nothing("it is no feed, names none, and none is where feeds often are", FailureKind.Permanent) { Requests = requests };
    }

    private static IReadOnlyList<FeedCandidate> SitemapsOf(FetchOutcome.Fetched robots) =>
    [
        .. RobotsTxt.Parse(robots.Body.Span).Sitemaps
            .Select(sitemap => Uri.TryCreate(robots.FinalUrl, sitemap, out var url) && url.Scheme is "http" or "https" ? url : null).OfType<Uri>()
            .OrderBy(sitemap => sitemap.AbsolutePath.Contains("news", StringComparison.OrdinalIgnoreCase) ? 0 : 1).Take(MostSitemaps)
            .Select(sitemap => new FeedCandidate(sitemap, "Sitemap", "application/xml", CandidateSource.Guess)),
    ];

    private async Task<ParsedFeed?> ParseAsync(FeedToPoll? lost, FetchOutcome.Fetched page, CancellationToken stop) =>
        await parse.RunAsync(lost, page, stop) is FeedParseOutcome.Parsed parsed ? parsed.Feed : null;

    private static string? LinkHeaderOf(FetchOutcome.Fetched page) => page.Visits is [.., var last] ? last.Headers.GetValueOrDefault("link") : null;
}

/// <summary>What a search came to.</summary>
public abstract record FeedSearch
{
    private FeedSearch() { }

    /// <summary>How many requests it took.</summary>
    public int Requests { get; init; }

    /// <summary>The address is a feed's.</summary>
    public sealed record IsFeed(ParsedFeed Feed) : FeedSearch;

    /// <summary>At least one, the preferred first.</summary>
    public sealed record Choices(IReadOnlyList<FeedCandidate> Feeds) : FeedSearch;

    /// <summary>No feed. <paramref name="Why"/> is one line for a person; the kind says whether time may heal it.</summary>
    public sealed record Nothing(string Why, FailureKind Kind) : FeedSearch;
}
