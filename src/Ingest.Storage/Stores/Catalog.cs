using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class Catalog(Database database, TimeProvider clock) : ICatalog
{
    public Task<(FeedSummary Feed, bool Added)> AddFeedAsync(Uri url, string? title, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var address = url.AbsoluteUri;
        var row = await context.Feeds.SingleOrDefaultAsync(row => row.Url == address, stop);
        var added = row is null;
        if (row is null) context.Feeds.Add(row = new FeedRow { Url = address, Host = url.Authority, Title = title, CreatedAt = now, NextDueAt = now });
        await context.SaveChangesAsync(stop);
        return ((await Feeds(context).SingleAsync(feed => feed.Id == row.Id, stop)).Summary(), added);
    }, stop);

    public Task<bool> RemoveFeedAsync(long feedId, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var failures = context.Failures.Where(row => row.FeedId == feedId);
        await FailureActions.OvertakeAsync(context, failures, stop);
        await failures.ExecuteDeleteAsync(stop);
        await context.Articles.Where(row => row.FeedId == feedId && row.State != ArticleState.Ingested).ExecuteDeleteAsync(stop);
        await PushStore.LeaveAsync(context, feedId, clock.GetUtcNow(), stop);
        return await context.Feeds.Where(row => row.Id == feedId).ExecuteDeleteAsync(stop) == 1;
    }, stop);

    public Task<int> MakeDueAsync(long? feedId, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(context =>
        context.Feeds.Where(row => (feedId == null || row.Id == feedId) && row.LeaseOwner == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextDueAt, now), stop), stop);

    public Task<IReadOnlyList<FeedSummary>> ListFeedsAsync(int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<FeedSummary>>(async context =>
        [.. (await Feeds(context).OrderBy(feed => feed.Id).Take(most).ToListAsync(stop)).Select(feed => feed.Summary())], stop);

    public Task<FeedSummary?> FindFeedAsync(long feedId, CancellationToken stop) => database.ReadAsync(async context =>
        (await Feeds(context).SingleOrDefaultAsync(feed => feed.Id == feedId, stop))?.Summary(), stop);

    private static IQueryable<ListedFeed> Feeds(IngestDbContext context) =>
        from feed in context.Feeds
        let failure = context.Failures.Where(row => row.Job == JobKind.RefreshFeed && row.Target == feed.Id.ToString()).FirstOrDefault()
        select new ListedFeed
        {
            Id = feed.Id,
            Row = feed,
            Articles = context.Articles.Count(article => article.FeedId == feed.Id),
            Attempts = failure == null ? 0 : failure.Attempts,
            Error = failure == null ? null : failure.Error,
            Push = context.PushSubscriptions.Where(row => row.FeedId == feed.Id && row.State != PushState.Leaving).FirstOrDefault(),
        };

    private sealed class ListedFeed
    {
        public long Id { get; init; }
        public required FeedRow Row { get; init; }
        public int Articles { get; init; }
        public int Attempts { get; init; }
        public string? Error { get; init; }
        public PushSubscriptionRow? Push { get; init; }

        public FeedSummary Summary() => new(
            Row.Id, Row.Url, Row.Title, Row.SiteUrl, Row.Language, Row.LastPolledAt, Row.NextDueAt,
            Row.IntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Articles, Attempts, Error)
        {
            Tags = SubscriptionJson.Tags(Row.Tags),
            Push = Push is null ? null : new PushSummary(Push.Hub, Push.State, Push.Delivers, Push.LeaseUntil, Push.PushedAt, Push.Error),
            Asked = Row.FetchSettings is { } settings ? FetchJson.Settings(settings).Words() : null,
            MovedTo = Row.MovedTo,
            LastAnswer = FetchJson.Visits(Row.LastFetch) is [.., var last] ? last : null,
        };
    }

    public Task<IReadOnlyList<ArticleSummary>> ListArticlesAsync(long? feedId, Guid? before, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<ArticleSummary>>(async context =>
    {
        var articles = context.Articles.AsQueryable();
        if (feedId is not null) articles = articles.Where(row => row.FeedId == feedId);
        if (before is { } id) articles = articles.Where(row => row.Id.CompareTo(id) < 0);
        return await Summaries(context, articles.OrderByDescending(row => row.Id).Take(most)).ToListAsync(stop);
    }, stop);

    public Task<ArticleDetail?> FindArticleAsync(Guid articleId, CancellationToken stop) => database.ReadAsync(async context =>
    {
        var row = context.Articles.Where(row => row.Id == articleId);
        if (await Summaries(context, row).SingleOrDefaultAsync(stop) is not { } summary) return null;
        return new ArticleDetail(summary, await row.Select(article => article.Data).SingleAsync(stop));
    }, stop);

    private static IQueryable<ArticleSummary> Summaries(IngestDbContext context, IQueryable<ArticleRow> articles) =>
        from article in articles
        join feed in context.Feeds on article.FeedId equals feed.Id into feeds
        from feed in feeds.DefaultIfEmpty()
        orderby article.Id descending
        select new ArticleSummary(
            article.Id, article.FeedId, feed.Title, article.State.ToString(), article.Url, article.Title, article.Language, article.WordCount,
            article.RemovedCount, article.PublishedAt, article.FirstSeenAt, article.IngestedAt);

    public Task<Totals> CountAsync(CancellationToken stop) => database.ReadAsync(async context =>
    {
        var articles = await database.CountAsync(context.Articles, stop);
        var feeds = await database.CountAsync(context.Feeds, stop);
        var failures = await database.CountAsync(context.Failures, stop);
        var pending = await context.Articles.CountAsync(row => row.State == ArticleState.Pending, stop);
        return new Totals(feeds.Rows, articles.Rows, pending, failures.Rows, await OutboxPlaces.NewestAsync(context, stop)) { ArticlesEstimated = articles.IsEstimate };
    }, stop);

    // Work only moves down the line, from feed to article to message: counted in that order, what moves meanwhile is met again further on.
    public Task<Backlog> BacklogAsync(DateTimeOffset since, CancellationToken stop) => database.ReadAsync(async context =>
    {
        // What has not been polled is due or leased: both have their index, the last poll has none.
        var now = clock.GetUtcNow();
        var unpolled = await context.Feeds.CountAsync(row => (row.NextDueAt <= now || row.LeaseOwner != null) && (row.LastPolledAt == null || row.LastPolledAt < since), stop);
        var untried = await context.Articles.CountAsync(row => row.State == ArticleState.Pending, stop);
        var newest = await OutboxPlaces.NewestAsync(context, stop);
        var waiting = newest == 0 ? 0 : await context.Deliveries.Where(row => row.NextAttemptAt == null && !row.Paused).SumAsync(row => newest - row.Cursor, stop);
        return new Backlog(unpolled, untried, waiting);
    }, stop);
}
