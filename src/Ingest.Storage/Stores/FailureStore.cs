using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class FailureStore(Database database) : IFailureStore
{
    public Task RecordAsync(FailureReport report, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await MoveTargetAsync(context, report, stop) is not { } feedId) return;
        var row = await context.Failures.SingleOrDefaultAsync(row => row.Job == report.Job.Kind && row.Target == report.Job.Target, stop);
        if (row is null) context.Failures.Add(row = RowOf(report, feedId));
        row.Kind = report.Kind;
        row.Host = report.Host;
        row.Error = report.Error;
        row.Attempts++;
        row.LastAt = report.At;
        row.NextRetryAt = report.NextRetryAt;
        await context.SaveChangesAsync(stop);
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

    /// <summary>Sets the next attempt and gives up the lease; the feed's id, or null when the target is gone, was done meanwhile, or is another worker's by now.</summary>
    private static async Task<long?> MoveTargetAsync(IngestDbContext context, FailureReport report, CancellationToken stop)
    {
        if (report.Job.Kind is JobKind.RefreshFeed)
        {
            if (await context.Feeds.FindAsync([report.Job.FeedId], stop) is not { } feed || feed.LeaseOwner != report.LeaseOwner) return null;
            (feed.NextDueAt, feed.LeaseOwner, feed.InHand, feed.LastPolledAt) = (report.NextRetryAt, null, false, report.At);
            return feed.Id;
        }
        if (await context.Articles.FindAsync([report.Job.ArticleId], stop) is not { } article
            || article.State is ArticleState.Ingested || article.LeaseOwner != report.LeaseOwner) return null;
        (article.State, article.NextAttemptAt, article.LeaseOwner, article.InHand) = (ArticleState.Failed, report.NextRetryAt, null, false);
        return article.FeedId;
    }

    public Task<IReadOnlyList<FailureItem>> ListAsync(FailureFilter filter, CancellationToken stop) =>
        database.ReadAsync(context => ListAsync(context, filter, stop), stop);

    private static async Task<IReadOnlyList<FailureItem>> ListAsync(IngestDbContext context, FailureFilter filter, CancellationToken stop)
    {
        var rows = await (
            from failure in Choose(context.Failures, filter).OrderByDescending(row => row.LastAt).Take(filter.Most)
            join feed in context.Feeds on failure.FeedId equals feed.Id into feeds
            from feed in feeds.DefaultIfEmpty()
            join article in context.Articles on failure.ArticleId equals article.Id into articles
            from article in articles.DefaultIfEmpty()
            orderby failure.LastAt descending
            select new { Failure = failure, FeedTitle = feed.Title, Url = failure.ArticleId == null ? feed.Url : article.Url }).AsNoTracking().ToListAsync(stop);
        return [.. rows.Select(row => ItemOf(row.Failure, row.FeedTitle, row.Url))];
    }

    private static FailureItem ItemOf(FailureRow row, string? feedTitle, string? url) => new(
        row.Id, new Job(row.Job, row.Target), row.FeedId, feedTitle, url, row.Host, row.Kind, row.Error, row.Attempts, row.FirstAt, row.LastAt, row.NextRetryAt);

    private static IQueryable<FailureRow> Choose(IQueryable<FailureRow> failures, FailureFilter filter)
    {
        if (filter.Id is { } id) failures = failures.Where(row => row.Id == id);
        if (filter.Host is { } host) failures = failures.Where(row => row.Host == host);
        if (filter.Kind is { } kind) failures = failures.Where(row => row.Kind == kind);
        if (filter.Since is { } since) failures = failures.Where(row => row.LastAt >= since);
        return failures;
    }

    public Task<IReadOnlyList<FailureItem>> RerunAsync(FailureFilter filter, bool dryRun, DateTimeOffset now, CancellationToken stop) =>
        database.WriteAsync(async context =>
        {
            var chosen = await ListAsync(context, filter, stop);
            if (dryRun) return chosen;
            foreach (var item in chosen) await MakeDueAsync(context, item.Job, now, stop);
            var ids = chosen.Select(item => item.Id).ToList();
            await context.Failures.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.NextRetryAt, now), stop);
            return chosen;
        }, stop);

    // Not what is leased: it is being worked on at this moment. What was quarantined stays a suspect.
    private static Task<int> MakeDueAsync(IngestDbContext context, Job job, DateTimeOffset now, CancellationToken stop) => job.Kind switch
    {
        JobKind.RefreshFeed => context.Feeds.Where(row => row.Id == job.FeedId && row.LeaseOwner == null).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.NextDueAt, now)
            .SetProperty(row => row.Deaths, row => row.Deaths > Poison.Suspect ? Poison.Suspect : row.Deaths), stop),
        _ => context.Articles.Where(row => row.Id == job.ArticleId && row.LeaseOwner == null).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.NextAttemptAt, now)
            .SetProperty(row => row.Deaths, row => row.Deaths > Poison.Suspect ? Poison.Suspect : row.Deaths), stop),
    };
}
