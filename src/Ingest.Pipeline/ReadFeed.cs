using System.Security.Cryptography;
using Ingest.Core.Feeds;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Pipeline.WebSub;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>What becomes of a document that a fetch or a hub has brought: its new entries are articles, and the feed is due again, in one transaction; then they are ingested.</summary>
public sealed class ReadFeed(
    ParseFeed parse, FollowSitemaps sitemaps, Hubs hubs, IFeedStore feeds, PollTimes times, IngestNew ingest, IOptions<ScheduleOptions> options, Metrics metrics, TimeProvider clock, ILogger<ReadFeed> logger)
{
    /// <summary>So many polls in succession that a permanent redirect led to the same place.</summary>
    private const int MovesBelieved = 3;

    /// <summary>Nothing to parse, but the poll and its validators count.</summary>
    /// <param name="description">What is known of the feed from its latest document, where that came again; null for a 304.</param>
    public async Task UnchangedAsync(FeedToPoll feed, FetchOutcome outcome, FeedDescription? description, CancellationToken stop)
    {
        await NoteMoveAsync(feed, outcome, stop);
        await EndAsync(feed, outcome, description, document: null, [], isWhole: true, stop);
        metrics.Polled("unchanged");
        Log.Unchanged(logger, feed.Id, feed.Url.AbsoluteUri);
    }

    /// <summary>Null when the poll is done.</summary>
    public async Task<JobFault?> FetchedAsync(FeedToPoll feed, FetchOutcome.Fetched page, CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(page.Body.Span));
        if (hash == feed.BodyHash)
        {
            // The same bytes under new validators, or without any.
            await UnchangedAsync(feed, page, new FeedDescription(feed.Title, feed.Language, SiteUrl: null, page.Headers.ETag, page.Headers.LastModified, hash), stop);
            return null;
        }
        var parsed = await parse.RunAsync(feed, page, stop);
        if (parsed is FeedParseOutcome.NotAFeed not)
        {
            metrics.Polled("failed");
            return JobFault.Of(page, JobFault.Before(page, feed.Url) ?? $"not a feed: {not.Why}", feed.Url.Authority);
        }
        await NoteMoveAsync(feed, page, stop);
        var (document, isWhole) = (((FeedParseOutcome.Parsed)parsed).Feed, true);
        if (document.Sitemaps.Count > 0)
        {
            (document, isWhole, var fault) = await sitemaps.RunAsync(feed, document, stop);
            if (fault is not null) return JobFault.Of(fault, feed.Url.Authority);
            // An index may stand still while its sitemaps change: it is asked for and read in full each time.
            (page, hash) = (page with { Headers = page.Headers with { ETag = null, LastModified = null } }, "");
        }
        var fresh = await NewArticlesAsync(feed, document.Entries, stop);
        if (await hubs.NoteAsync(feed, document, page, fresh.Count > 0, stop)) feed = feed with { PushedUntil = null };
        var description = new FeedDescription(
            document.Title, document.Language, document.Link?.AbsoluteUri, page.Headers.ETag, page.Headers.LastModified, hash);
        await BringInAsync(feed, document, fresh, await EndAsync(feed, page, description, document, fresh, isWhole, stop), stop);
        return null;
    }

    /// <summary>What a hub has brought takes the place of a fetch; it may be a part of the feed, and so says nothing of the whole document. False when none of it is a feed.</summary>
    public async Task<bool> PushedAsync(FeedToPoll feed, CancellationToken stop)
    {
        var waiting = await hubs.WaitingAsync(feed.Id, stop);
        var documents = new List<ParsedFeed>();
        foreach (var pushed in waiting)
            if (await parse.RunAsync(feed, new FeedDocument(pushed.Body) { Url = feed.Url, ContentType = pushed.ContentType }, stop) is FeedParseOutcome.Parsed parsed) documents.Add(parsed.Feed);
        if (documents.Count == 0)
        {
            await hubs.DropAsync(waiting, stop);
            return false;
        }
        var document = documents[^1] with { Entries = [.. documents.SelectMany(document => document.Entries)] };
        var fresh = await NewArticlesAsync(feed, document.Entries, stop);
        var now = clock.GetUtcNow();
        var learnt = PollTimes.LearnPart(feed, fresh, now);
        var next = times.Next(feed, learnt, now);
        var result = new PollResult(feed.Id, now, next, next - now) { Rhythm = learnt, Pushes = [.. waiting.Select(pushed => pushed.Id)], LeaseOwner = feed.LeaseOwner };
        await BringInAsync(feed, document, fresh, await feeds.SavePollAsync(result, fresh, stop), stop);
        return true;
    }

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

    private async Task BringInAsync(FeedToPoll feed, ParsedFeed document, IReadOnlyList<NewArticle> fresh, IReadOnlySet<Guid> saved, CancellationToken stop)
    {
        metrics.Polled(saved.Count > 0 ? "new" : "nothing-new");
        var source = new FeedReference(feed.Id, feed.Url, document.Title ?? feed.Title, document.Language ?? feed.Language);
        var pending = fresh.Where(article => saved.Contains(article.Id)).Select(article => PendingOf(article, source, feed)).ToList();
        Log.Polled(logger, feed.Id, feed.Url.AbsoluteUri, document.Entries.Count, pending.Count, await ingest.RunAsync(pending, feed.LeaseOwner, stop));
    }

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

    /// <param name="isWhole">False where a part could not be asked for at this moment: the feed is due again as soon as any may be.</param>
    private Task<IReadOnlySet<Guid>> EndAsync(
        FeedToPoll feed, FetchOutcome outcome, FeedDescription? description, ParsedFeed? document, IReadOnlyList<NewArticle> fresh, bool isWhole, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var learnt = PollTimes.Learn(feed, document, fresh, now);
        var next = isWhole ? times.Next(feed, learnt, now) : now + options.Value.MinInterval;
        return feeds.SavePollAsync(new PollResult(feed.Id, now, next, next - now)
        {
            Rhythm = learnt,
            Description = description,
            ETag = (outcome as FetchOutcome.NotModified)?.Headers.ETag,
            LastModified = (outcome as FetchOutcome.NotModified)?.Headers.LastModified,
            Visits = outcome.Visits,
            LeaseOwner = feed.LeaseOwner,
        }, fresh, stop);
    }
}
