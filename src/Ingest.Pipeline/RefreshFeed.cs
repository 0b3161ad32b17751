using System.Security.Cryptography;
using Ingest.Core.Feeds;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Pipeline.WebSub;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>
/// A feed's journey, start reading here: conditional GET → parse → new entries become pending articles in one transaction → each is
/// ingested within the same job, a few at a time.
/// </summary>
public sealed class RefreshFeed(
    Fetcher fetcher, FeedParser parser, FollowSitemaps sitemaps, IFeedStore feeds, IArticleStore articles, IngestArticle ingest, JobBoundary boundary, ParsingAlone alone, Rediscover rediscover,
    LeaseHolder leases, PollTimes times, Hubs hubs, IJobQueue jobs, IOptions<ScheduleOptions> options, Metrics metrics, TimeProvider clock, ILogger<RefreshFeed> logger)
{
    private const string Accept =
        "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";

    private const string Retired = "the feed is retired; a re-run, or ingest feeds poll, asks again";

    /// <summary>So many polls in succession that a permanent redirect led to the same place.</summary>
    private const int MovesBelieved = 3;

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
        if (feed.HasPushes && await ReadPushedAsync(feed, stop)) return (null, null);
        switch (await fetcher.GetAsync(RequestFor(feed), stop))
        {
            case FetchOutcome.NotModified unchanged:
                await NoteMoveAsync(feed, unchanged, stop);
                await EndAsync(feed, unchanged, description: null, document: null, [], stop);
                metrics.Polled("unchanged");
                Log.Unchanged(logger, feed.Id, feed.Url.AbsoluteUri);
                return (null, null);
            case FetchOutcome.Fetched page:
                return (null, await ReadAsync(feed, page, stop));
            case FetchOutcome.Deferred deferred:
                var until = clock.GetUtcNow() + deferred.For;
                await feeds.ReleaseAsync(feed.Id, feed.LeaseOwner, until, stop);
                return (until, null);
            case FetchOutcome.Failed failed when await rediscover.TryAsync(feed, failed, stop):
                await feeds.ReleaseAsync(feed.Id, feed.LeaseOwner, clock.GetUtcNow(), stop);
                return (clock.GetUtcNow(), null);
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

    private async Task<JobFault?> ReadAsync(FeedToPoll feed, FetchOutcome.Fetched page, CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(page.Body.Span));
        if (hash == feed.BodyHash)
        {
            // The same bytes under new validators, or without any: nothing to parse, but the validators count.
            await NoteMoveAsync(feed, page, stop);
            await EndAsync(feed, page, new FeedDescription(feed.Title, feed.Language, SiteUrl: null, page.Headers.ETag, page.Headers.LastModified, hash), document: null, [], stop);
            metrics.Polled("unchanged");
            Log.Unchanged(logger, feed.Id, feed.Url.AbsoluteUri);
            return null;
        }
        var parsed = await ParseAsync(feed, DocumentOf(page), stop);
        if (parsed is FeedParseOutcome.NotAFeed not)
        {
            metrics.Polled("failed");
            return JobFault.Of(page, JobFault.Before(page, feed.Url) ?? $"not a feed: {not.Why}", feed.Url.Authority);
        }
        await NoteMoveAsync(feed, page, stop);
        var document = ((FeedParseOutcome.Parsed)parsed).Feed;
        if (document.Sitemaps.Count > 0)
        {
            (document, var fault) = await sitemaps.RunAsync(feed, document, sitemap => ParseAsync(feed, DocumentOf(sitemap), stop), stop);
            if (fault is not null) return JobFault.Of(fault, feed.Url.Authority);
            // An index may stand still while its sitemaps change: it is asked for and read in full each time.
            (page, hash) = (page with { Headers = page.Headers with { ETag = null, LastModified = null } }, "");
        }
        var fresh = await NewArticlesAsync(feed, document.Entries, stop);
        if (await hubs.NoteAsync(feed, document, page, fresh.Count > 0, stop)) feed = feed with { PushedUntil = null };
        var description = new FeedDescription(
            document.Title, document.Language, document.Link?.AbsoluteUri, page.Headers.ETag, page.Headers.LastModified, hash);
        await BringInAsync(feed, document, fresh, await EndAsync(feed, page, description, document, fresh, stop), stop);
        return null;
    }

    private Task<FeedParseOutcome> ParseAsync(FeedToPoll feed, FeedDocument document, CancellationToken stop) =>
        alone.RunAsync(feed.Deaths, inHand => feeds.MarkInHandAsync(feed.Id, inHand, stop), () => parser.Parse(document), stop);

    /// <summary>What a hub has brought takes the place of a fetch; it may be a part of the feed, and so says nothing of the whole document. False when none of it is a feed.</summary>
    private async Task<bool> ReadPushedAsync(FeedToPoll feed, CancellationToken stop)
    {
        var waiting = await hubs.WaitingAsync(feed.Id, stop);
        var documents = new List<ParsedFeed>();
        foreach (var pushed in waiting)
            if (await ParseAsync(feed, new FeedDocument(pushed.Body) { Url = feed.Url, ContentType = pushed.ContentType }, stop) is FeedParseOutcome.Parsed parsed) documents.Add(parsed.Feed);
        if (documents.Count > 0)
        {
            var document = documents[^1] with { Entries = [.. documents.SelectMany(document => document.Entries)] };
            var fresh = await NewArticlesAsync(feed, document.Entries, stop);
            await BringInAsync(feed, document, fresh, await EndAsync(feed, outcome: null, description: null, document: null, fresh, stop), stop);
        }
        await hubs.DropAsync(waiting, stop);
        return documents.Count > 0;
    }

    private async Task BringInAsync(FeedToPoll feed, ParsedFeed document, IReadOnlyList<NewArticle> fresh, IReadOnlySet<Guid> saved, CancellationToken stop)
    {
        metrics.Polled(saved.Count > 0 ? "new" : "nothing-new");
        var source = new FeedReference(feed.Id, feed.Url, document.Title ?? feed.Title, document.Language ?? feed.Language);
        var pending = fresh.Where(article => saved.Contains(article.Id)).Select(article => PendingOf(article, source, feed)).ToList();
        Log.Polled(logger, feed.Id, feed.Url.AbsoluteUri, document.Entries.Count, pending.Count, await IngestAsync(pending, feed.LeaseOwner, stop));
    }

    private static FeedDocument DocumentOf(FetchOutcome.Fetched page) => new(page.Body)
    {
        Url = page.FinalUrl,
        ContentType = page.Headers.ContentType,
        ContentLocation = page.Headers.ContentLocation,
        ContentLanguage = page.Headers.ContentLanguage,
    };

    private async Task<IReadOnlyList<NewArticle>> NewArticlesAsync(FeedToPoll feed, IReadOnlyList<ParsedEntry> listed, CancellationToken stop)
    {
        var entries = EntryIdentity.Of(feed.Id, listed);
        var known = await feeds.KnownAsync([.. entries.Select(pair => pair.Identity)], stop);
        var now = clock.GetUtcNow();
        return
        [
            .. entries.Where(pair => !known.Contains(pair.Identity)).Select(pair => new NewArticle(
                Guid.CreateVersion7(now), pair.Identity, pair.Entry.Page, EntryOf(pair.Entry), now, now + options.Value.Lease)),
        ];
    }

    private static FeedEntry EntryOf(ParsedEntry entry) => new()
    {
        Title = entry.Title,
        Summary = entry.SummaryText,
        Content = entry.Content,
        ContentIsHtml = entry.ContentForm?.Html is not null,
        Authors = [.. entry.Authors.Select(author => author.Name ?? author.Email).OfType<string>()],
        Tags = [.. entry.Categories.Select(category => category.Label ?? category.Term)],
        PublishedAt = entry.Published,
        ModifiedAt = entry.Updated,
    };

    private static PendingArticle PendingOf(NewArticle article, FeedReference source, FeedToPoll feed) =>
        new(article.Id, source, article.Url, article.Entry, article.FirstSeenAt, Attempts: 0, Deaths: 0) { LeaseOwner = feed.LeaseOwner, Settings = feed.Settings };

    /// <summary>A permanent redirect is believed when it has led to the same place often enough, and to a feed each time: sites also move by mistake, and to a log-in.</summary>
    private async Task NoteMoveAsync(FeedToPoll feed, FetchOutcome outcome, CancellationToken stop)
    {
        if (outcome.MovedTo is null && feed.MovedTo is null) return;
        var seen = outcome.MovedTo is null ? 0 : outcome.MovedTo == feed.MovedTo ? feed.MovedSeen + 1 : 1;
        // Whoever was given a password does not hand it to the next one by moving.
        var settled = seen >= MovesBelieved && (!feed.Settings.HasSecrets || Uri.Compare(outcome.MovedTo, feed.Url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);
        if (settled && await feeds.MoveAsync(feed.Id, outcome.MovedTo!, stop)) Log.Moved(logger, feed.Id, feed.Url.Authority, outcome.MovedTo!.Authority);
        else await feeds.NoteMoveAsync(feed.Id, outcome.MovedTo, Math.Min(seen, MovesBelieved), stop);
    }

    private Task<IReadOnlySet<Guid>> EndAsync(
        FeedToPoll feed, FetchOutcome? outcome, FeedDescription? description, ParsedFeed? document, IReadOnlyList<NewArticle> fresh, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var learnt = outcome is null ? PollTimes.LearnPart(feed, fresh, now) : PollTimes.Learn(feed, document, fresh, now);
        var next = times.Next(feed, learnt, now);
        return feeds.SavePollAsync(new PollResult(feed.Id, now, next, next - now)
        {
            Rhythm = learnt,
            Description = description,
            ETag = (outcome as FetchOutcome.NotModified)?.Headers.ETag,
            LastModified = (outcome as FetchOutcome.NotModified)?.Headers.LastModified,
            Visits = outcome?.Visits ?? [],
            LeaseOwner = feed.LeaseOwner,
        }, fresh, stop);
    }

    /// <summary>Returns how many of the new articles were ingested; the others are in the failure list, or wait for their host.</summary>
    private async Task<int> IngestAsync(IReadOnlyList<PendingArticle> fresh, string? owner, CancellationToken stop)
    {
        var ingested = 0;
        var left = fresh.Select(article => article.Id).ToHashSet();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ArticlesPerRefresh, CancellationToken = stop };
        try
        {
            await Parallel.ForEachAsync(fresh, parallel, async (article, token) =>
            {
                var outcome = await ingest.RunAsync(article, token);
                lock (left) left.Remove(article.Id);
                if (outcome is JobOutcome.Done) Interlocked.Increment(ref ingested);
                else if (outcome is JobOutcome.Failed failed)
                    await jobs.NoteFailureAsync(NamedJob.IngestArticle(new DueArticle(article.Id, article.Entry.Title, article.Url)), failed, token);
            });
        }
        catch (OperationCanceledException)
        {
            await articles.ReleaseAsync(left, owner, clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
        return ingested;
    }
}
