using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Sitemaps;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>Reads on where a feed is an index of sitemaps: in the few of them that most likely hold what is new, as part of the same poll.</summary>
public sealed class FollowSitemaps(Fetcher fetcher)
{
    /// <summary>Large sites have thousands, by month or by number; what is new is in one or two.</summary>
    private const int MostSitemaps = 3;

    private const string Accept = "application/xml, text/xml;q=0.9, */*;q=0.5";

    /// <summary>The index with the entries of its sitemaps; a fault only when not one of them could be read. An index in an index is not followed.</summary>
    /// <param name="feed">The feed whose document the index is.</param>
    /// <param name="index">What was read of it.</param>
    /// <param name="parseAsync">Reads a document, marked as the feed's own is.</param>
    /// <param name="stop">Ends waiting.</param>
    public async Task<(ParsedFeed Feed, FetchOutcome.Failed? Fault)> RunAsync(FeedToPoll feed, ParsedFeed index, Func<FetchOutcome.Fetched, Task<FeedParseOutcome>> parseAsync, CancellationToken stop)
    {
        var entries = new List<ParsedEntry>();
        var (read, title, language, fault) = (0, index.Title, index.Language, (FetchOutcome.Failed?)null);
        foreach (var sitemap in SitemapLink.Newest(index.Sitemaps, MostSitemaps))
        {
            var outcome = await fetcher.GetAsync(new FetchRequest(sitemap.Url, Accept) { Settings = feed.Settings, SecretsFor = feed.Url, ObeysRobots = true }, stop);
            if (outcome is FetchOutcome.Fetched page && await parseAsync(page) is FeedParseOutcome.Parsed parsed)
            {
                (read, title, language) = (read + 1, title ?? parsed.Feed.Title, language ?? parsed.Feed.Language);
                entries.AddRange(parsed.Feed.Entries);
            }
            else
            {
                fault ??= outcome as FetchOutcome.Failed;
            }
        }
        return (index with { Title = title, Language = language, Entries = entries }, read == 0 ? fault : null);
    }
}
