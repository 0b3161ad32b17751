using Ingest.Core.Feeds.Rhythm;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class FeedStore(Database database) : IFeedStore
{
    /// <summary>Values bound to one statement: well under every database's limit.</summary>
    private const int Chunk = 500;

    public Task<IReadOnlyList<DueFeed>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) => database.WriteAsync<IReadOnlyList<DueFeed>>(async context =>
    {
        // Suspects last, the more suspected the later: whatever they do to the worker, the others are through by then. One comes on top of a full
        // claim, or they would wait for ever behind a backlog that never ends. In a query of their own, so that the first walks the index of due times.
        var waiting = context.Feeds.Where(row => row.NextDueAt <= lease.Now).OrderBy(row => row.NextDueAt);
        var due = await waiting.Where(row => row.Deaths == 0).Select(row => row.Id).Take(most).ToListAsync(stop);
        due.AddRange(await waiting.Where(row => row.Deaths > 0).OrderBy(row => row.Deaths).ThenBy(row => row.NextDueAt).Select(row => row.Id).Take(Math.Max(1, most - due.Count)).ToListAsync(stop));
        if (due.Count == 0) return [];
        await ClaimAsync(context.Feeds.Where(row => due.Contains(row.Id) && row.NextDueAt <= lease.Now), lease, stop);
        // Read back: where several workers write at once, another may have been faster.
        return await context.Feeds.Where(row => due.Contains(row.Id) && row.LeaseOwner == lease.Owner).Select(row => new DueFeed(row.Id, row.Host, row.Title)).ToListAsync(stop);
    }, stop);

    public Task<bool> ClaimAsync(long feedId, Lease lease, CancellationToken stop) => database.WriteAsync(async context =>
    {
        await context.Feeds.Where(row => row.Id == feedId && row.NextDueAt == null && row.Deaths > Poison.Suspect)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Deaths, Poison.Suspect), stop);
        if (await ClaimAsync(context.Feeds.Where(row => row.Id == feedId && (row.LeaseOwner == null || row.NextDueAt <= lease.Now)), lease, stop) == 0) return false;
        await Afresh.BeginAsync(context, Job.RefreshFeed(feedId), stop);
        return true;
    }, stop);

    // A lease that was never given back means that its holder died: see Poison.
    private static Task<int> ClaimAsync(IQueryable<FeedRow> feeds, Lease lease, CancellationToken stop) => feeds.ExecuteUpdateAsync(set => set
        .SetProperty(row => row.Deaths, row => row.LeaseOwner == null ? row.Deaths : row.InHand || row.Deaths == 0 ? row.Deaths + 1 : row.Deaths)
        .SetProperty(row => row.InHand, false)
        .SetProperty(row => row.LeaseOwner, lease.Owner)
        .SetProperty(row => row.NextDueAt, lease.Until), stop);

    public Task<FeedToPoll?> FindAsync(long feedId, CancellationToken stop) => database.ReadAsync(async context =>
    {
        var row = await context.Feeds.AsNoTracking().SingleOrDefaultAsync(row => row.Id == feedId, stop);
        if (row is null) return null;
        var target = Job.RefreshFeed(feedId).Target;
        var attempts = await context.Failures.Where(failure => failure.Job == JobKind.RefreshFeed && failure.Target == target).Select(failure => failure.Attempts).SingleOrDefaultAsync(stop);
        var pushedUntil = await context.PushSubscriptions.Where(pushed => pushed.FeedId == feedId && pushed.State == PushState.Active && pushed.Delivers).MaxAsync(pushed => pushed.LeaseUntil, stop);
        var hasPushes = await context.Pushes.AnyAsync(push => push.FeedId == feedId, stop);
        return new FeedToPoll(row.Id, new Uri(row.Url))
        {
            Title = row.Title,
            Language = row.Language,
            ETag = row.ETag,
            LastModified = row.LastModified,
            BodyHash = row.BodyHash,
            LastFullFetchAt = row.LastFullFetchAt,
            LastPolledAt = row.LastPolledAt,
            Rhythm = RhythmBytes.Read(row.Rhythm),
            PushedUntil = pushedUntil,
            HasPushes = hasPushes,
            Attempts = attempts,
            Deaths = row.Deaths,
            LeaseOwner = row.LeaseOwner,
            SiteUrl = Uri.TryCreate(row.SiteUrl, UriKind.Absolute, out var site) ? site : null,
            Settings = FetchJson.Settings(row.FetchSettings),
            MovedTo = row.MovedTo is { } moved ? new Uri(moved) : null,
            MovedSeen = row.MovedSeen,
        };
    }, stop);

    public Task MarkInHandAsync(long feedId, bool inHand, CancellationToken stop) => database.WriteAsync(context =>
        context.Feeds.Where(row => row.Id == feedId).ExecuteUpdateAsync(set => set.SetProperty(row => row.InHand, inHand), stop), stop);

    public Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken stop) =>
        database.ReadAsync(context => KnownAsync(context, identities, stop), stop);

    private static async Task<IReadOnlySet<string>> KnownAsync(IngestDbContext context, IReadOnlyCollection<string> identities, CancellationToken stop)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var asked = StorableText.ByStored(identities);
        foreach (var chunk in asked.Select(stored => stored.Key).Chunk(Chunk))
            known.UnionWith((await context.Articles.Where(row => chunk.Contains(row.Identity)).Select(row => row.Identity).ToListAsync(stop)).SelectMany(stored => asked[stored]));
        return known;
    }

    public Task<IReadOnlySet<Guid>> SavePollAsync(PollResult result, IReadOnlyList<NewArticle> articles, CancellationToken stop) => database.WriteAsync<IReadOnlySet<Guid>>(async context =>
    {
        if (await context.Feeds.SingleOrDefaultAsync(row => row.Id == result.FeedId, stop) is not { } feed || feed.LeaseOwner != result.LeaseOwner) return new HashSet<Guid>();
        Apply(result, feed);
        var added = articles.Count == 0 ? [] : await AddAsync(context, result, articles, stop);
        await context.SaveChangesAsync(stop);
        var target = Job.RefreshFeed(feed.Id).Target;
        await context.Failures.Where(row => row.Job == JobKind.RefreshFeed && row.Target == target).ExecuteDeleteAsync(stop);
        if (result.Pushes.Count > 0) await context.Pushes.Where(row => result.Pushes.Contains(row.Id)).ExecuteDeleteAsync(stop);
        return added;
    }, stop);

    private static async Task<HashSet<Guid>> AddAsync(IngestDbContext context, PollResult poll, IReadOnlyList<NewArticle> articles, CancellationToken stop)
    {
        // Asked again inside the transaction: another feed may have brought the same article meanwhile.
        var known = await KnownAsync(context, [.. articles.Select(article => article.Identity)], stop);
        var added = articles.Where(article => !known.Contains(article.Identity)).DistinctBy(article => StorableText.Of(article.Identity)).ToList();
        context.Articles.AddRange(added.Select(article => RowOf(article, poll)));
        return [.. added.Select(article => article.Id)];
    }

    private static void Apply(PollResult result, FeedRow feed)
    {
        feed.LastPolledAt = result.PolledAt;
        feed.NextDueAt = result.NextDueAt;
        feed.IntervalSeconds = (long)result.Interval.TotalSeconds;
        (feed.LeaseOwner, feed.InHand, feed.Deaths) = (null, false, 0);
        feed.LastFetch = FetchJson.Write(result.Visits) ?? feed.LastFetch;
        if (result.Rhythm is { } rhythm) feed.Rhythm = RhythmBytes.Write(rhythm);
        if (result.Description is not { } description)
        {
            (feed.ETag, feed.LastModified) = (result.ETag ?? feed.ETag, result.LastModified ?? feed.LastModified);
            return;
        }
        feed.LastFullFetchAt = result.PolledAt;
        feed.Title = description.Title ?? feed.Title;
        feed.Language = description.Language ?? feed.Language;
        feed.SiteUrl = description.SiteUrl ?? feed.SiteUrl;
        feed.ETag = description.ETag;
        feed.LastModified = description.LastModified;
        feed.BodyHash = description.BodyHash;
    }

    // Leased from birth: the refresh that found them ingests them, and if it dies they fall due with the lease.
    private static ArticleRow RowOf(NewArticle article, PollResult poll) => new()
    {
        Id = article.Id,
        FeedId = poll.FeedId,
        Identity = article.Identity,
        Url = article.Url?.AbsoluteUri,
        State = ArticleState.Pending,
        Entry = EntryJson.Write(article.Entry),
        Title = article.Entry.Title,
        PublishedAt = article.Entry.PublishedAt,
        FirstSeenAt = article.FirstSeenAt,
        NextAttemptAt = article.NextAttemptAt,
        LeaseOwner = poll.LeaseOwner,
    };

    public Task ReleaseAsync(long feedId, string? owner, DateTimeOffset dueAt, CancellationToken stop) => database.WriteAsync(context =>
        context.Feeds.Where(row => row.Id == feedId && row.LeaseOwner != null && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null)
            .SetProperty(row => row.InHand, false)
            .SetProperty(row => row.NextDueAt, dueAt), stop), stop);

    public Task NoteMoveAsync(long feedId, Uri? movedTo, int seen, CancellationToken stop)
    {
        var address = movedTo?.AbsoluteUri;
        return database.WriteAsync(context => context.Feeds.Where(row => row.Id == feedId).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.MovedTo, address)
            .SetProperty(row => row.MovedSeen, seen), stop), stop);
    }

    public Task<bool> MoveAsync(long feedId, Uri url, CancellationToken stop)
    {
        var (address, host) = (url.AbsoluteUri, url.Authority);
        return database.WriteAsync(async context => await context.Feeds.Where(row => row.Id == feedId && !context.Feeds.Any(other => other.Url == address)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Url, address)
            .SetProperty(row => row.Host, host)
            .SetProperty(row => row.MovedTo, (string?)null)
            .SetProperty(row => row.MovedSeen, 0), stop) == 1, stop);
    }
}
