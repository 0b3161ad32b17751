using Ingest.Core.Articles;
using Ingest.Pipeline.Fetching;

namespace Ingest.Pipeline.Ports;

/// <summary>The articles, from pending to ingested. Every method is one transaction; a database that cannot be reached throws.</summary>
public interface IArticleStore
{
    /// <summary>Leases up to <paramref name="most"/> articles whose next attempt has come, the oldest first, and a suspect (<see cref="Poison"/>) on top.</summary>
    Task<IReadOnlyList<DueArticle>> ClaimDueAsync(int most, Lease lease, CancellationToken stop);

    /// <summary>
    /// Leases one article that a person asks for, due or not, unless somebody holds it. What had been given up begins afresh, as after a re-run from the failure
    /// list. False when it is held, ingested, discarded or unknown.
    /// </summary>
    Task<bool> ClaimAsync(Guid articleId, Lease lease, CancellationToken stop);

    /// <summary>Null when the article needs nothing more: ingested, given up or removed meanwhile.</summary>
    Task<PendingArticle?> FindPendingAsync(Guid articleId, CancellationToken stop);

    /// <summary>Notes that a suspect article is being parsed, or no longer is: see <see cref="Poison"/>.</summary>
    Task MarkInHandAsync(Guid articleId, bool inHand, CancellationToken stop);

    /// <summary>
    /// Saves the article, its raw page and its outbox row in ONE transaction and clears a former failure. Nothing happens when the
    /// article was ingested meanwhile by another worker: false.
    /// </summary>
    Task<bool> SaveIngestedAsync(IngestedArticle article, CancellationToken stop);

    /// <summary>Gives leases back, so that the articles are due at <paramref name="dueAt"/>; not those that were lost meanwhile.</summary>
    Task ReleaseAsync(IReadOnlyCollection<Guid> articleIds, string? owner, DateTimeOffset dueAt, CancellationToken stop);
}

/// <summary>An article that was claimed, as far as its name goes; null where the feed did not say.</summary>
public sealed record DueArticle(Guid Id, string? Title, Uri? Url);

/// <summary>An article that waits for its page.</summary>
public sealed record PendingArticle(Guid Id, FeedReference Feed, Uri? Url, FeedEntry Entry, DateTimeOffset FirstSeenAt, int Attempts, int Deaths)
{
    /// <summary>Null when nobody holds it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Its feed's.</summary>
    public FetchSettings Settings { get; init; } = FetchSettings.None;
}

/// <summary>The feed an article came from, as the message names it.</summary>
public sealed record FeedReference(long Id, Uri Url, string? Title, string? Language);

/// <summary>All that one ingestion stores.</summary>
/// <param name="Id">The article.</param>
/// <param name="Article">What was extracted.</param>
/// <param name="Page">What was fetched; null when the feed's own content was enough.</param>
/// <param name="Data">The message's data object as UTF-8 JSON.</param>
/// <param name="Message">The outbox row.</param>
/// <param name="At">When.</param>
public sealed record IngestedArticle(Guid Id, CleanArticle Article, RawPage? Page, string ContentHash, ReadOnlyMemory<byte> Data, OutboxMessage Message, DateTimeOffset At);

/// <summary>A page as it came, for the archive.</summary>
public sealed record RawPage(Uri FinalUrl, string? ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset FetchedAt)
{
    /// <summary>The requests that led to it.</summary>
    public IReadOnlyList<FetchVisit> Visits { get; init; } = [];
}
