using System.Globalization;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>A catalog and a failure list in memory: empty, or full of what makes pages difficult.</summary>
internal sealed class FakeNews : ICatalog, IFailureStore
{
    public const string Hostile = "<script>alert('x')</script><img src=x onerror=alert(1)> \"quoted\" & </main></body>";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid HostileArticle = Id(0);
    public static readonly Guid RightToLeftArticle = Id(1);
    public static readonly Guid PendingArticle = Id(2);

    private readonly List<FeedSummary> _feeds = [];
    private readonly List<ArticleDetail> _articles = [];
    private readonly List<FailureItem> _failures = [];

    public IReadOnlyList<DeliverySummary> Deliveries { get; private init; } = [];
    public IReadOnlyList<ConsumerGroup> Consumers { get; private init; } = [];

    /// <summary>What was re-run, filter by filter.</summary>
    public List<FailureFilter> Rerun { get; } = [];

    public List<long?> MadeDue { get; } = [];

    /// <summary>Every call throws, like a database that is out of reach.</summary>
    public bool IsBroken { get; set; }

    public static FakeNews Empty() => new();

    public static FakeNews Full()
    {
        var news = new FakeNews { Deliveries = [.. FakePages.Deliveries()], Consumers = [new("queue", "reports", 41, 3, 1, Now)] };
        news._feeds.AddRange(FakePages.Feeds());
        news._articles.AddRange(FakePages.Articles());
        news._failures.AddRange(FakePages.Failures());
        return news;
    }

    /// <summary>One more failure at the top of the list.</summary>
    public void Add(FailureItem failure) => _failures.Insert(0, failure);

    /// <summary>The id of the article with this place in the list, the latest first.</summary>
    public static Guid Id(int place) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"01936000-0000-7000-8000-{9999 - place:D12}"));

    public Task<(FeedSummary Feed, bool Added)> AddFeedAsync(Uri url, string? title, DateTimeOffset now, CancellationToken stop) => throw new NotSupportedException();

    public Task<bool> RemoveFeedAsync(long feedId, CancellationToken stop) => throw new NotSupportedException();

    public Task<Backlog> BacklogAsync(DateTimeOffset since, CancellationToken stop) => throw new NotSupportedException();

    public Task RecordAsync(FailureReport report, CancellationToken stop) => throw new NotSupportedException();

    public Task<int> MakeDueAsync(long? feedId, DateTimeOffset now, CancellationToken stop)
    {
        MadeDue.Add(feedId);
        return Answer(_feeds.Count(feed => feedId is null || feed.Id == feedId));
    }

    public Task<IReadOnlyList<FeedSummary>> ListFeedsAsync(int most, CancellationToken stop) => Answer<IReadOnlyList<FeedSummary>>([.. _feeds.Take(most)]);

    public Task<FeedSummary?> FindFeedAsync(long feedId, CancellationToken stop) => Answer(_feeds.Find(feed => feed.Id == feedId));

    public Task<IReadOnlyList<ArticleSummary>> ListArticlesAsync(long? feedId, Guid? before, int most, CancellationToken stop) =>
        Answer<IReadOnlyList<ArticleSummary>>(
        [
            .. _articles.Select(article => article.Summary)
                .Where(article => (feedId is null || article.FeedId == feedId) && (before is null || article.Id.CompareTo(before.Value) < 0))
                .Take(most),
        ]);

    public Task<ArticleDetail?> FindArticleAsync(Guid articleId, CancellationToken stop) => Answer(_articles.Find(article => article.Summary.Id == articleId));

    public Task<Totals> CountAsync(CancellationToken stop) => Answer(new Totals(_feeds.Count, _articles.Count, _articles.Count(article => article.Data is null), _failures.Count, 18_243));

    public Task<IReadOnlyList<FailureItem>> ListAsync(FailureFilter filter, CancellationToken stop) => Answer(Choose(filter));

    public Task<IReadOnlyList<FailureItem>> RerunAsync(FailureFilter filter, bool dryRun, DateTimeOffset now, CancellationToken stop)
    {
        if (!dryRun) Rerun.Add(filter);
        return Answer(Choose(filter));
    }

    private IReadOnlyList<FailureItem> Choose(FailureFilter filter) =>
    [
        .. _failures.Where(failure => (filter.Id is null || failure.Id == filter.Id)
            && (filter.Host is null || failure.Host == filter.Host)
            && (filter.Kind is null || failure.Kind == filter.Kind)).Take(filter.Most),
    ];

    /// <summary>An answer of the database, or none.</summary>
    public Task<T> Answer<T>(T value) => IsBroken ? throw new InvalidOperationException("The database is out of reach") : Task.FromResult(value);
}
