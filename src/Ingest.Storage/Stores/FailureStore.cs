using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class FailureStore(Database database) : IFailureStore
{
    /// <summary>Groups are made of so many of the latest: what is wrong now is among them, and a million would take a second.</summary>
    private const int Grouped = 10_000;

    private readonly FailureActions _actions = new(database);

    public Task RecordAsync(FailureReport report, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await MoveTargetAsync(context, report, stop) is not { } feedId) return;
        var row = await context.Failures.SingleOrDefaultAsync(row => row.Job == report.Job.Kind && row.Target == report.Job.Target, stop);
        if (row is null) context.Failures.Add(row = RowOf(report, feedId));
        row.Kind = report.Kind;
        row.Host = report.Host;
        row.Status = report.Status;
        row.Error = report.Error;
        row.Attempts++;
        row.LastAt = report.At;
        row.NextRetryAt = report.NextRetryAt;
        await context.SaveChangesAsync(stop);
        await FailureHistory.AddAsync(context, row.Id, report, stop);
    }, stop);

    private static FailureRow RowOf(FailureReport report, long feedId) => new()
    {
        Job = report.Job.Kind,
        Target = report.Job.Target,
        FeedId = feedId,
        ArticleId = report.Job.Kind is JobKind.IngestArticle ? report.Job.ArticleId : null,
        Error = report.Error,
        FirstAt = report.At,
    };

    /// <summary>Sets the next attempt and gives up the lease; the feed's id, or null when the target is gone, was done or given up meanwhile, or is another worker's by now.</summary>
    private static async Task<long?> MoveTargetAsync(IngestDbContext context, FailureReport report, CancellationToken stop)
    {
        if (report.Job.Kind is JobKind.RefreshFeed)
        {
            if (await context.Feeds.FindAsync([report.Job.FeedId], stop) is not { } feed || feed.LeaseOwner != report.LeaseOwner) return null;
            (feed.NextDueAt, feed.LeaseOwner, feed.InHand, feed.LastPolledAt) = (report.NextRetryAt, null, false, report.At);
            return feed.Id;
        }
        if (await context.Articles.FindAsync([report.Job.ArticleId], stop) is not { } article
            || article.State is ArticleState.Ingested or ArticleState.Discarded || article.LeaseOwner != report.LeaseOwner) return null;
        (article.State, article.NextAttemptAt, article.LeaseOwner, article.InHand) = (ArticleState.Failed, report.NextRetryAt, null, false);
        return article.FeedId;
    }

    public Task<IReadOnlyList<FailureItem>> ListAsync(FailureFilter filter, CancellationToken stop) =>
        database.ReadAsync(context => ListAsync(context, filter, stop), stop);

    private static async Task<IReadOnlyList<FailureItem>> ListAsync(IngestDbContext context, FailureFilter filter, CancellationToken stop)
    {
        var rows = await (
            from failure in context.Failures.Choose(filter).InOrder().Take(filter.Most)
            join feed in context.Feeds on failure.FeedId equals feed.Id into feeds
            from feed in feeds.DefaultIfEmpty()
            join article in context.Articles on failure.ArticleId equals article.Id into articles
            from article in articles.DefaultIfEmpty()
            orderby failure.LastAt descending, failure.Id descending
            select new { Failure = failure, FeedTitle = feed.Title, article.Title, Url = failure.ArticleId == null ? feed.Url : article.Url }).AsNoTracking().ToListAsync(stop);
        return [.. rows.Select(row => ItemOf(row.Failure, row.FeedTitle, row.Url) with { Title = row.Title })];
    }

    private static FailureItem ItemOf(FailureRow row, string? feedTitle, string? url) => new(
        row.Id, new Job(row.Job, row.Target), row.FeedId, feedTitle, url, row.Host, row.Kind, row.Error, row.Attempts, row.FirstAt, row.LastAt, row.NextRetryAt)
    {
        Status = row.Status,
    };

    public Task<int> CountAsync(FailureFilter filter, CancellationToken stop) =>
        database.ReadAsync(context => context.Failures.Choose(filter with { After = null }).CountAsync(stop), stop);

    public Task<IReadOnlyList<FailureGroup>> GroupAsync(FailureFilter filter, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<FailureGroup>>(async context =>
    {
        var groups = await context.Failures.Choose(filter with { After = null }).InOrder().Take(Grouped)
            .GroupBy(row => new { row.Host, row.Status, row.Error }).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key.Host).ThenBy(group => group.Key.Error).Take(most).ToListAsync(stop);
        return [.. groups.Select(group => new FailureGroup(group.Key.Host, group.Key.Status, group.Key.Error, group.Count))];
    }, stop);

    public Task<FailureDetail?> FindAsync(long id, CancellationToken stop) => database.ReadAsync(async context =>
        (await ListAsync(context, new FailureFilter { Ids = [id], Most = 1 }, stop)).SingleOrDefault() is { } item
            ? new FailureDetail(item, await FailureHistory.ListAsync(context, id, stop), await FailureHistory.FindPageAsync(context, id, stop))
            : null, stop);

    public Task<ReceivedPage?> FindPageAsync(long id, CancellationToken stop) => database.ReadAsync(context => FailureHistory.FindPageAsync(context, id, stop), stop);

    public Task<FailureAction> RerunAsync(FailureFilter filter, ByHand by, double? perSecond, DateTimeOffset now, CancellationToken stop) =>
        _actions.RerunAsync(filter, by, perSecond, now, stop);

    public Task<FailureAction> DiscardAsync(FailureFilter filter, ByHand by, DateTimeOffset now, CancellationToken stop) => _actions.DiscardAsync(filter, by, now, stop);

    public Task<FailureAction?> FindActionAsync(long id, CancellationToken stop) => _actions.FindAsync(id, stop);
}
