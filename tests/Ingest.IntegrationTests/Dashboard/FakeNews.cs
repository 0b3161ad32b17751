using System.Globalization;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>A catalog, a failure list and an audit in memory: empty, or full of what makes pages difficult.</summary>
internal sealed class FakeNews : ICatalog, IFailureStore, IAuditTrail
{
    public const string Hostile = "<script>alert('x')</script><img src=x onerror=alert(1)> \"quoted\" & </main></body>";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid HostileArticle = Id(0);
    public static readonly Guid RightToLeftArticle = Id(1);
    public static readonly Guid PendingArticle = Id(2);

    private readonly List<FeedSummary> _feeds = [];
    private readonly List<ArticleDetail> _articles = [];
    private readonly List<FailureItem> _failures = [];
    private readonly List<FailureAction> _actions = [];

    public IReadOnlyList<DeliverySummary> Deliveries { get; private init; } = [];
    public IReadOnlyList<ConsumerGroup> Consumers { get; private init; } = [];

    /// <summary>What was re-run, choice by choice, and at what rate.</summary>
    public List<string> Rerun { get; } = [];
    public List<string> Discarded { get; } = [];
    public double? Rate { get; private set; }

    public List<AuditItem> Audit { get; } = [];

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

    public Task<int> CountAsync(FailureFilter filter, CancellationToken stop) => Answer(Choose(filter).Count);

    public Task<IReadOnlyList<FailureGroup>> GroupAsync(FailureFilter filter, int most, CancellationToken stop) => Answer<IReadOnlyList<FailureGroup>>(
        [.. Choose(filter).GroupBy(failure => (failure.Host, failure.Status, failure.Error)).Select(group => new FailureGroup(group.Key.Host, group.Key.Status, group.Key.Error, group.Count())).OrderByDescending(group => group.Count).Take(most)]);

    public Task<FailureDetail?> FindAsync(long id, CancellationToken stop) =>
        Answer(_failures.Find(failure => failure.Id == id) is { } failure ? new FailureDetail(failure, FakePages.Attempts(failure), FakePages.Received()) : null);

    public Task<ReceivedPage?> FindPageAsync(long id, CancellationToken stop) => Answer(_failures.Exists(failure => failure.Id == id) ? FakePages.Received() : null);

    public Task<FailureAction> RerunAsync(FailureFilter filter, ByHand by, double? perSecond, DateTimeOffset now, CancellationToken stop)
    {
        Rerun.Add(filter.InWords());
        Rate = perSecond;
        return Answer(Act(FailureAction.Rerun, filter, by));
    }

    public Task<FailureAction> DiscardAsync(FailureFilter filter, ByHand by, DateTimeOffset now, CancellationToken stop)
    {
        Discarded.Add(filter.InWords());
        return Answer(Act(FailureAction.Discard, filter, by));
    }

    public Task<FailureAction?> FindActionAsync(long id, CancellationToken stop) => Answer(_actions.Find(action => action.Id == id));

    private FailureAction Act(string verb, FailureFilter filter, ByHand by)
    {
        var chosen = Choose(filter).Count;
        var action = new FailureAction(Note(by, verb, filter.InWords(), chosen), Now, by.Who, verb, filter.InWords(), chosen, chosen, 0, 0);
        _actions.Add(action);
        return action;
    }

    public Task<long> RecordAsync(ByHand by, string action, string choice, long count, CancellationToken stop) => Answer(Note(by, action, choice, count));

    private long Note(ByHand by, string action, string choice, long count)
    {
        Audit.Insert(0, new AuditItem(Audit.Count + 1, Now, by.Who, by.From, by.Address, action, choice, count));
        return Audit.Count;
    }

    public Task<IReadOnlyList<AuditItem>> ListAsync(long? before, int most, CancellationToken stop) =>
        Answer<IReadOnlyList<AuditItem>>([.. Audit.Where(line => before is null || line.Id < before).Take(most)]);

    private IReadOnlyList<FailureItem> Choose(FailureFilter filter) =>
    [
        .. _failures.Where(failure => (filter.Ids is null || filter.Ids.Contains(failure.Id))
            && (filter.Host is null || failure.Host == filter.Host)
            && (filter.Text is null || failure.Error.Contains(filter.Text, StringComparison.OrdinalIgnoreCase))
            && (filter.Kind is null || failure.Kind == filter.Kind)).SkipWhile(failure => filter.After is { } after && failure.Id != after.Id).Skip(filter.After is null ? 0 : 1).Take(filter.Most),
    ];

    /// <summary>An answer of the database, or none.</summary>
    public Task<T> Answer<T>(T value) => IsBroken ? throw new InvalidOperationException("The database is out of reach") : Task.FromResult(value);
}
