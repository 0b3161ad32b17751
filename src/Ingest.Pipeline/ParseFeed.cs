using Ingest.Core.Feeds;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline;

/// <summary>Reads what a poll has brought from outside, with the mark in the feed's row that tells a document which kills the process (see <see cref="Poison"/>).</summary>
public sealed class ParseFeed(FeedParser parser, ParsingAlone alone, IFeedStore feeds)
{
    /// <param name="feed">The feed whose poll it is; null when nobody polls, and a person waits for the answer.</param>
    /// <param name="page">The feed's own document, a sitemap that it names, a page that may be a feed.</param>
    /// <param name="stop">Ends waiting for the turn of a suspect.</param>
    public Task<FeedParseOutcome> RunAsync(FeedToPoll? feed, FetchOutcome.Fetched page, CancellationToken stop) => RunAsync(feed, DocumentOf(page), stop);

    public Task<FeedParseOutcome> RunAsync(FeedToPoll? feed, FeedDocument document, CancellationToken stop) => MarkedAsync(feed, () => parser.Parse(document), stop);

    /// <summary>The same for what is read of a page that is no feed.</summary>
    public Task<T> MarkedAsync<T>(FeedToPoll? feed, Func<T> read, CancellationToken stop) =>
        feed is null ? Task.FromResult(read()) : alone.RunAsync(feed.Deaths, inHand => feeds.MarkInHandAsync(feed.Id, inHand, stop), read, stop);

    internal static FeedDocument DocumentOf(FetchOutcome.Fetched page) => new(page.Body)
    {
        Url = page.FinalUrl,
        ContentType = page.Headers.ContentType,
        ContentLocation = page.Headers.ContentLocation,
        ContentLanguage = page.Headers.ContentLanguage,
    };
}
