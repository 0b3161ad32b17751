using System.Text;
using System.Text.Json;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class ArticleStore(Database database) : IArticleStore
{
    public Task<IReadOnlyList<DueArticle>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) => database.WriteAsync<IReadOnlyList<DueArticle>>(async context =>
    {
        // Suspects last, the more suspected the later: whatever they do to the worker, the others are through by then. One comes on top of a full
        // claim, or they would wait for ever behind a backlog that never ends. In a query of their own, so that the first walks the index of due times.
        var waiting = context.Articles.Where(row => row.NextAttemptAt <= lease.Now).OrderBy(row => row.NextAttemptAt);
        var due = await waiting.Where(row => row.Deaths == 0).Select(row => row.Id).Take(most).ToListAsync(stop);
        due.AddRange(await waiting.Where(row => row.Deaths > 0).OrderBy(row => row.Deaths).ThenBy(row => row.NextAttemptAt).Select(row => row.Id).Take(Math.Max(1, most - due.Count)).ToListAsync(stop));
        if (due.Count == 0) return [];
        await ClaimAsync(context.Articles.Where(row => due.Contains(row.Id) && row.NextAttemptAt <= lease.Now), lease, stop);
        var taken = await context.Articles.Where(row => due.Contains(row.Id) && row.LeaseOwner == lease.Owner).Select(row => new { row.Id, row.Title, row.Url }).ToListAsync(stop);
        return [.. taken.Select(row => new DueArticle(row.Id, row.Title, row.Url is { } url ? new Uri(url) : null))];
    }, stop);

    public Task<bool> ClaimAsync(Guid articleId, Lease lease, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var wanted = context.Articles.Where(row => row.Id == articleId && row.State != ArticleState.Ingested && row.State != ArticleState.Discarded);
        await wanted.Where(row => row.NextAttemptAt == null && row.Deaths > Poison.Suspect).ExecuteUpdateAsync(set => set.SetProperty(row => row.Deaths, Poison.Suspect), stop);
        if (await ClaimAsync(wanted.Where(row => row.LeaseOwner == null || row.NextAttemptAt <= lease.Now), lease, stop) == 0) return false;
        await Afresh.BeginAsync(context, Job.IngestArticle(articleId), stop);
        return true;
    }, stop);

    // A lease that was never given back means that its holder died: see Poison.
    private static Task<int> ClaimAsync(IQueryable<ArticleRow> articles, Lease lease, CancellationToken stop) => articles.ExecuteUpdateAsync(set => set
        .SetProperty(row => row.Deaths, row => row.LeaseOwner == null ? row.Deaths : row.InHand || row.Deaths == 0 ? row.Deaths + 1 : row.Deaths)
        .SetProperty(row => row.InHand, false)
        .SetProperty(row => row.LeaseOwner, lease.Owner)
        .SetProperty(row => row.NextAttemptAt, lease.Until), stop);

    public Task<PendingArticle?> FindPendingAsync(Guid articleId, CancellationToken stop) => database.ReadAsync(async context =>
    {
        var target = Job.IngestArticle(articleId).Target;
        var found = await (
            from article in context.Articles
            join feed in context.Feeds on article.FeedId equals feed.Id into feeds
            from feed in feeds.DefaultIfEmpty()
            where article.Id == articleId && article.State != ArticleState.Ingested && article.NextAttemptAt != null
            select new
            {
                Article = article,
                Feed = feed,
                Attempts = context.Failures.Where(row => row.Job == JobKind.IngestArticle && row.Target == target).Select(row => row.Attempts).FirstOrDefault(),
            }).AsNoTracking().SingleOrDefaultAsync(stop);
        // Without its feed nobody wants the article any more.
        if (found?.Feed is not { } source) return null;
        var row = found.Article;
        return new PendingArticle(
            row.Id, new FeedReference(source.Id, new Uri(source.Url), source.Title, source.Language),
            row.Url is { } url ? new Uri(url) : null, EntryJson.Read(row.Entry), row.FirstSeenAt, found.Attempts, row.Deaths)
        {
            LeaseOwner = row.LeaseOwner,
            Settings = FetchJson.Settings(source.FetchSettings),
        };
    }, stop);

    public Task MarkInHandAsync(Guid articleId, bool inHand, CancellationToken stop) => database.WriteAsync(context =>
        context.Articles.Where(row => row.Id == articleId).ExecuteUpdateAsync(set => set.SetProperty(row => row.InHand, inHand), stop), stop);

    public Task<bool> SaveIngestedAsync(IngestedArticle article, CancellationToken stop)
    {
        var page = article.Page is { } raw ? RowOf(article.Id, raw) : null;
        return database.WriteAsync(async context =>
        {
            var row = await context.Articles.SingleOrDefaultAsync(row => row.Id == article.Id, stop);
            if (row is null or { State: ArticleState.Ingested }) return false;
            Apply(article, row);
            if (page is not null) context.RawPages.Add(page);
            context.Outbox.Add(new OutboxRow
            {
                MessageId = article.Message.MessageId,
                Type = article.Message.Type,
                CreatedAt = article.Message.CreatedAt,
                FeedId = article.Message.Labels.FeedId,
                FeedUrl = article.Message.Labels.FeedUrl.AbsoluteUri,
                Language = article.Message.Labels.Language,
                Tags = JsonSerializer.Serialize(article.Message.Labels.Tags),
                Payload = Encoding.UTF8.GetString(article.Message.Payload.Span),
            });
            await context.SaveChangesAsync(stop);
            var target = Job.IngestArticle(article.Id).Target;
            await context.Failures.Where(row => row.Job == JobKind.IngestArticle && row.Target == target).ExecuteDeleteAsync(stop);
            return true;
        }, stop);
    }

    private static void Apply(IngestedArticle ingested, ArticleRow row)
    {
        row.State = ArticleState.Ingested;
        row.Entry = null;
        (row.NextAttemptAt, row.LeaseOwner, row.InHand, row.Deaths) = (null, null, false, 0);
        row.Title = ingested.Article.Title;
        row.Language = ingested.Article.Language;
        row.WordCount = ingested.Article.WordCount;
        row.RemovedCount = ingested.Article.Removed.Count;
        row.ContentHash = ingested.ContentHash;
        row.PublishedAt = ingested.Article.PublishedAt;
        row.IngestedAt = ingested.At;
        row.Data = Encoding.UTF8.GetString(ingested.Data.Span);
    }

    private static RawPageRow RowOf(Guid articleId, RawPage page) => new()
    {
        ArticleId = articleId,
        Url = page.FinalUrl.AbsoluteUri,
        ContentType = page.ContentType,
        FetchedAt = page.FetchedAt,
        Length = page.Body.Length,
        Visits = FetchJson.Write(page.Visits),
        Body = Archive.Compress(page.Body.Span),
    };

    public Task ReleaseAsync(IReadOnlyCollection<Guid> articleIds, string? owner, DateTimeOffset dueAt, CancellationToken stop) => database.WriteAsync(context =>
        context.Articles.Where(row => articleIds.Contains(row.Id) && row.LeaseOwner != null && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null)
            .SetProperty(row => row.InHand, false)
            .SetProperty(row => row.NextAttemptAt, dueAt), stop), stop);
}
