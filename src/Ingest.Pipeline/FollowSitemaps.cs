using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Sitemaps;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>Reads on where a feed is an index of sitemaps: in the few of them that most likely hold what is new, as part of the same poll.</summary>
public sealed class FollowSitemaps(Fetcher fetcher, ParseFeed parse)
{
    /// <summary>Large sites have thousands, by month or by number; what is new is in one or two.</summary>
    private const int MostSitemaps = 3;

    private const string Accept = "application/xml, text/xml;q=0.9, */*;q=0.5";

    /// <summary>
    /// The index with the entries of its sitemaps; a fault only when not one of them could be read. An index in an index is not followed. It is not whole where
    /// another worker was talking to a sitemap's host: that one is left for the next poll, which should come soon.
    /// </summary>
    /// <param name="feed">The feed whose document the index is.</param>
    /// <param name="index">What was read of it.</param>
    /// <param name="stop">Ends waiting.</param>
    public async Task<(ParsedFeed Feed, bool IsWhole, FetchOutcome.Failed? Fault)> RunAsync(FeedToPoll feed, ParsedFeed index, CancellationToken stop)
    {
        var entries = new List<ParsedEntry>();
        var (read, isWhole, title, language, fault) = (0, true, index.Title, index.Language, (FetchOutcome.Failed?)null);
        foreach (var sitemap in SitemapLink.Newest(index.Sitemaps, MostSitemaps))
        {
            var outcome = await fetcher.GetAsync(new FetchRequest(sitemap.Url, Accept) { Settings = feed.Settings, SecretsFor = feed.Url, ObeysRobots = true }, stop);
            if (outcome is FetchOutcome.Fetched page && await parse.RunAsync(feed, page, stop) is FeedParseOutcome.Parsed parsed)
            {
                (read, title, language) = (read + 1, title ?? parsed.Feed.Title, language ?? parsed.Feed.Language);
                entries.AddRange(parsed.Feed.Entries);
            }
            else
            {
                fault ??= outcome as FetchOutcome.Failed;
                isWhole &= outcome is not FetchOutcome.Deferred;
            }
        }
        return (index with { Title = title, Language = language, Entries = entries }, isWhole, read == 0 && isWhole ? fault : null);
    }
}
