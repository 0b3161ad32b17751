using Ingest.Pipeline.Fetching;

namespace Ingest.Pipeline.Ports;

/// <summary>What the command line and the pages show, and what a person changes by hand.</summary>
public interface ICatalog
{
    /// <summary>Subscribes a feed, due now. Returns the feed there already is when the address is known.</summary>
    Task<(FeedSummary Feed, bool Added)> AddFeedAsync(Uri url, string? title, DateTimeOffset now, CancellationToken stop);

    /// <summary>Unsubscribes; its articles stay. False when there is no such feed.</summary>
    Task<bool> RemoveFeedAsync(long feedId, CancellationToken stop);

    /// <summary>Makes feeds due at once: one, or all when <paramref name="feedId"/> is null. Returns how many.</summary>
    Task<int> MakeDueAsync(long? feedId, DateTimeOffset now, CancellationToken stop);

    Task<IReadOnlyList<FeedSummary>> ListFeedsAsync(int most, CancellationToken stop);

    Task<FeedSummary?> FindFeedAsync(long feedId, CancellationToken stop);

    /// <summary>The latest first; <paramref name="feedId"/> and <paramref name="before"/> (an article's id) narrow the choice.</summary>
    Task<IReadOnlyList<ArticleSummary>> ListArticlesAsync(long? feedId, Guid? before, int most, CancellationToken stop);

    Task<ArticleDetail?> FindArticleAsync(Guid articleId, CancellationToken stop);

    /// <summary>Counts over everything stored, cheap enough to be asked every few seconds.</summary>
    Task<Totals> CountAsync(CancellationToken stop);

    /// <summary>What a pass that began at <paramref name="since"/> has still to do.</summary>
    Task<Backlog> BacklogAsync(DateTimeOffset since, CancellationToken stop);
}

/// <summary>A feed as it is listed.</summary>
public sealed record FeedSummary(
    long Id, string Url, string? Title, string? SiteUrl, string? Language, DateTimeOffset? LastPolledAt, DateTimeOffset? NextDueAt,
    TimeSpan? Interval, int Articles, int Attempts, string? LastError)
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The hub that brings its news; null when none does.</summary>
    public PushSummary? Push { get; init; }

    /// <summary>How it is asked, in words and without secrets; null like all others.</summary>
    public string? Asked { get; init; }

    /// <summary>Where permanent redirects lead that are not believed yet; null when there are none.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The answer that the latest poll ended with; null before the first.</summary>
    public FetchVisit? LastAnswer { get; init; }
}

/// <summary>An article as it is listed.</summary>
public sealed record ArticleSummary(
    Guid Id, long FeedId, string? FeedTitle, string State, string? Url, string? Title, string? Language, int WordCount, int Removed,
    DateTimeOffset? PublishedAt, DateTimeOffset FirstSeenAt, DateTimeOffset? IngestedAt);

/// <summary>An article with its message's data (UTF-8 JSON; null while it is pending).</summary>
public sealed record ArticleDetail(ArticleSummary Summary, string? Data);

/// <summary>How much there is.</summary>
/// <param name="Outbox">The number of the newest message.</param>
public sealed record Totals(int Feeds, int Articles, int Pending, int Failures, long Outbox)
{
    /// <summary>There are too many articles to count them: their number is a few per cent off.</summary>
    public bool ArticlesEstimated { get; init; }
}

/// <summary>Feeds not polled since the pass began, articles not attempted yet, messages not delivered yet.</summary>
public sealed record Backlog(int Feeds, int Articles, long Messages)
{
    public bool IsEmpty => Feeds == 0 && Articles == 0 && Messages == 0;
}
