using Ingest.Core.Feeds.Discovery;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline;

/// <summary>A feed that is not found any more (404) may have another address by now: its site is asked, once for each time that it gets lost.</summary>
public sealed class Rediscover(FindFeeds find, IFeedStore feeds, ILogger<Rediscover> logger)
{
    /// <summary>After so many failed attempts; one may be a deployment.</summary>
    private const int After = 2;

    /// <summary>Whether the feed has another address now.</summary>
    public async Task<bool> TryAsync(FeedToPoll feed, FetchOutcome.Failed failed, CancellationToken stop)
    {
        if (failed.Fault is not FetchFault.NotFound || feed.Attempts != After) return false;
        var site = feed.SiteUrl ?? new Uri(feed.Url, "/");
        if (await find.RunAsync(site, feed, stop) is not FeedSearch.Choices { Feeds: var found }) return false;
        // Only what the site itself names for feed readers; and whoever was given a password hands it to nobody else.
        var next = found.FirstOrDefault(candidate => candidate is { Source: CandidateSource.Named, IsComments: false } && candidate.Url != feed.Url);
        if (next is null || feed.Settings.HasSecrets && next.Url.Authority != feed.Url.Authority) return false;
        if (await find.RunAsync(next.Url, feed, stop) is not FeedSearch.IsFeed || !await feeds.MoveAsync(feed.Id, next.Url, stop)) return false;
        Log.Moved(logger, feed.Id, feed.Url.Authority, next.Url.Authority);
        return true;
    }
}
