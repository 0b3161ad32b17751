using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>
/// A feed's journey, start reading here: conditional GET → <see cref="ReadFeed"/>: parse, new entries become pending articles in one transaction →
/// <see cref="IngestNew"/>: each is ingested within the same job, a few at a time.
/// </summary>
public sealed class RefreshFeed(
    Fetcher fetcher, ReadFeed read, Rediscover rediscover, IFeedStore feeds, JobBoundary boundary, LeaseHolder leases, IOptions<ScheduleOptions> options, Metrics metrics, TimeProvider clock)
{
    private const string Accept =
        "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";

    private const string Retired = "the feed is retired; a re-run, or ingest feeds poll, asks again";

    /// <summary>
    /// Polls one leased feed; what nobody holds any more has been done. Its faults end in the failure list; only shutdown throws, after what was in hand has been
    /// given back.
    /// </summary>
    public async Task<JobOutcome> RunAsync(long feedId, CancellationToken stop)
    {
        var feed = await feeds.FindAsync(feedId, stop);
        if (feed?.LeaseOwner is not { } owner) return new JobOutcome.Done();
        return leases.IsMine(owner) ? await RunAsync(feed, stop) : new JobOutcome.HeldBy(Lease.WorkerOf(owner));
    }

    private async Task<JobOutcome> RunAsync(FeedToPoll feed, CancellationToken stop)
    {
        DateTimeOffset? deferred = null;
        try
        {
            var outcome = await boundary.RunAsync(Job.RefreshFeed(feed.Id), feed.Attempts, feed.LeaseOwner, async token =>
            {
                (deferred, var fault) = await PollAsync(feed, token);
                return fault;
            }, stop);
            return deferred is { } until ? new JobOutcome.Deferred(until) : outcome;
        }
        catch (OperationCanceledException)
        {
            await feeds.ReleaseAsync(feed.Id, feed.LeaseOwner, clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Neither when the poll is done.</summary>
    private async Task<(DateTimeOffset? Deferred, JobFault? Fault)> PollAsync(FeedToPoll feed, CancellationToken stop)
    {
        if (feed.Deaths >= Poison.Quarantine) return (null, new JobFault(FailureKind.Poison, "the worker died while parsing this feed, more than once", feed.Url.Authority));
        if (feed.HasPushes && await read.PushedAsync(feed, stop)) return (null, null);
        switch (await fetcher.GetAsync(RequestFor(feed), stop))
        {
            case FetchOutcome.NotModified unchanged:
                await read.UnchangedAsync(feed, unchanged, description: null, stop);
                return (null, null);
            case FetchOutcome.Fetched page:
                return (null, await read.FetchedAsync(feed, page, stop));
            case FetchOutcome.Deferred deferred:
                return (await ReleaseAsync(feed, clock.GetUtcNow() + deferred.For, stop), null);
            case FetchOutcome.Failed failed when await rediscover.TryAsync(feed, failed, stop):
                return (await ReleaseAsync(feed, clock.GetUtcNow(), stop), null);
            case FetchOutcome.Failed failed:
                metrics.Polled("failed");
                return (null, JobFault.Of(failed.Fault is FetchFault.Gone ? failed with { Why = $"{failed.Why}: {Retired}" } : failed, feed.Url.Authority));
            default:
                throw new InvalidOperationException("a new kind of outcome");
        }
    }

    private FetchRequest RequestFor(FeedToPoll feed)
    {
        var trusted = clock.GetUtcNow() - feed.LastFullFetchAt < options.Value.TrustValidatorsFor;
        return new FetchRequest(feed.Url, Accept) { ETag = trusted ? feed.ETag : null, LastModified = trusted ? feed.LastModified : null, Settings = feed.Settings };
    }

    private async Task<DateTimeOffset> ReleaseAsync(FeedToPoll feed, DateTimeOffset until, CancellationToken stop)
    {
        await feeds.ReleaseAsync(feed.Id, feed.LeaseOwner, until, stop);
        return until;
    }
}
