using System.Collections.Concurrent;
using Ingest.Pipeline.Ports;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>What a pass asked of the stores, to be asked again without fetching and extracting.</summary>
internal sealed class Recorder
{
    public bool IsOn { get; set; }
    public ConcurrentBag<(PollResult Result, IReadOnlyList<NewArticle> Articles)> Polls { get; } = [];
    public ConcurrentDictionary<Guid, IngestedArticle> Articles { get; } = [];
}

internal sealed class RecordedFeeds(IFeedStore feeds, Recorder recorder) : IFeedStore
{
    public Task<IReadOnlyList<DueFeed>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) => feeds.ClaimDueAsync(most, lease, stop);

    public Task<bool> ClaimAsync(long feedId, Lease lease, CancellationToken stop) => feeds.ClaimAsync(feedId, lease, stop);

    public Task<FeedToPoll?> FindAsync(long feedId, CancellationToken stop) => feeds.FindAsync(feedId, stop);

    public Task MarkInHandAsync(long feedId, bool inHand, CancellationToken stop) => feeds.MarkInHandAsync(feedId, inHand, stop);

    public Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken stop) => feeds.KnownAsync(identities, stop);

    public Task<IReadOnlySet<Guid>> SavePollAsync(PollResult result, IReadOnlyList<NewArticle> articles, CancellationToken stop)
    {
        if (recorder.IsOn) recorder.Polls.Add((result, articles));
        return feeds.SavePollAsync(result, articles, stop);
    }

    public Task ReleaseAsync(long feedId, string? owner, DateTimeOffset dueAt, CancellationToken stop) => feeds.ReleaseAsync(feedId, owner, dueAt, stop);

    public Task NoteMoveAsync(long feedId, Uri? movedTo, int seen, CancellationToken stop) => feeds.NoteMoveAsync(feedId, movedTo, seen, stop);

    public Task<bool> MoveAsync(long feedId, Uri url, CancellationToken stop) => feeds.MoveAsync(feedId, url, stop);
}

internal sealed class RecordedArticles(IArticleStore articles, Recorder recorder) : IArticleStore
{
    public Task<IReadOnlyList<DueArticle>> ClaimDueAsync(int most, Lease lease, CancellationToken stop) => articles.ClaimDueAsync(most, lease, stop);

    public Task<bool> ClaimAsync(Guid articleId, Lease lease, CancellationToken stop) => articles.ClaimAsync(articleId, lease, stop);

    public Task<PendingArticle?> FindPendingAsync(Guid articleId, CancellationToken stop) => articles.FindPendingAsync(articleId, stop);

    public Task MarkInHandAsync(Guid articleId, bool inHand, CancellationToken stop) => articles.MarkInHandAsync(articleId, inHand, stop);

    public Task<bool> SaveIngestedAsync(IngestedArticle article, CancellationToken stop)
    {
        if (recorder.IsOn) recorder.Articles[article.Id] = article;
        return articles.SaveIngestedAsync(article, stop);
    }

    public Task ReleaseAsync(IReadOnlyCollection<Guid> articleIds, string? owner, DateTimeOffset dueAt, CancellationToken stop) =>
        articles.ReleaseAsync(articleIds, owner, dueAt, stop);
}
