using Ingest.Core.Feeds.Rhythm;
using Ingest.Pipeline.Fetching;

namespace Ingest.Pipeline.Ports;

/// <summary>The feeds and their due times. Every method is one transaction; a database that cannot be reached throws.</summary>
public interface IFeedStore
{
    /// <summary>Leases up to <paramref name="most"/> feeds whose due time has come, the longest overdue first, and a suspect (<see cref="Poison"/>) on top; not those of a host that another worker holds.</summary>
    Task<IReadOnlyList<DueFeed>> ClaimDueAsync(int most, Lease lease, CancellationToken stop);

    /// <summary>
    /// Leases one feed that a person asks for, due or not, unless somebody holds it. What had been given up begins afresh, as after a re-run from the failure
    /// list. False when it is held or unknown.
    /// </summary>
    Task<bool> ClaimAsync(long feedId, Lease lease, CancellationToken stop);

    /// <summary>Null when the feed was removed meanwhile.</summary>
    Task<FeedToPoll?> FindAsync(long feedId, CancellationToken stop);

    /// <summary>Notes that a suspect feed is being parsed, or no longer is: see <see cref="Poison"/>.</summary>
    Task MarkInHandAsync(long feedId, bool inHand, CancellationToken stop);

    /// <summary>Which of the identities are articles already, whichever feed brought them.</summary>
    Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken stop);

    /// <summary>
    /// Ends a poll: the feed's new state, its new articles as pending, leased as the feed was, its own lease given up, a former failure cleared, in one
    /// transaction. Returns the ids of those that are new indeed: another feed may have brought the others meanwhile, or this feed may be gone. Where the
    /// lease was lost meanwhile nothing happens: its new holder polls the feed itself.
    /// </summary>
    Task<IReadOnlySet<Guid>> SavePollAsync(PollResult result, IReadOnlyList<NewArticle> articles, CancellationToken stop);

    /// <summary>Gives a lease back, so that the feed is due at <paramref name="dueAt"/>; unless it was lost meanwhile.</summary>
    Task ReleaseAsync(long feedId, string? owner, DateTimeOffset dueAt, CancellationToken stop);

    /// <summary>Remembers where a feed's permanent redirects lead (null: nowhere any more), and at how many polls in succession they did.</summary>
    Task NoteMoveAsync(long feedId, Uri? movedTo, int seen, CancellationToken stop);

    /// <summary>Gives a feed another address. False, and nothing happens, when another feed has it.</summary>
    Task<bool> MoveAsync(long feedId, Uri url, CancellationToken stop);
}

/// <summary>Who holds something, since when and for how long.</summary>
public sealed record Lease(string Owner, DateTimeOffset Now, DateTimeOffset Until)
{
    private const char Separator = '/';

    /// <summary>The name of the worker, which the owner begins with.</summary>
    public string Worker => WorkerOf(Owner);

    public static string WorkerOf(string owner) => owner.Split(Separator, 2)[0];

    /// <summary>What the owners of all a worker's leases begin with.</summary>
    public static string AllOf(string worker) => worker + Separator;

    /// <summary>What sorts, byte by byte, right after all of them.</summary>
    public static string AfterAllOf(string worker) => worker + (char)(Separator + 1);
}

/// <summary>A feed that was claimed. <paramref name="Host"/> is the authority of its address; null where that was never noted, and the title before the first poll.</summary>
public sealed record DueFeed(long Id, string? Host, string? Title);

/// <summary>What a poll needs to know of a feed.</summary>
public sealed record FeedToPoll(long Id, Uri Url)
{
    public string? Title { get; init; }
    public string? Language { get; init; }
    public string? ETag { get; init; }

    /// <summary>The Last-Modified header as it came, to be sent back unchanged.</summary>
    public string? LastModified { get; init; }
    public string? BodyHash { get; init; }

    /// <summary>When the document last came whole (a 200).</summary>
    public DateTimeOffset? LastFullFetchAt { get; init; }

    /// <summary>When it was last asked, with success or without.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>When it publishes; null before the first look.</summary>
    public PublishingRhythm? Rhythm { get; init; }

    /// <summary>Until when a hub brings its news that has done so lately; null when none does.</summary>
    public DateTimeOffset? PushedUntil { get; init; }

    /// <summary>A hub has brought something that nobody has read yet.</summary>
    public bool HasPushes { get; init; }
    public int Attempts { get; init; }
    public int Deaths { get; init; }

    /// <summary>Null when nobody holds it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>The site, as the feed names it; null when it does not.</summary>
    public Uri? SiteUrl { get; init; }
    public FetchSettings Settings { get; init; } = FetchSettings.None;

    /// <summary>Where permanent redirects led at the latest poll, and at how many polls in succession.</summary>
    public Uri? MovedTo { get; init; }
    public int MovedSeen { get; init; }
}

/// <summary>What a poll came to.</summary>
public sealed record PollResult(long FeedId, DateTimeOffset PolledAt, DateTimeOffset NextDueAt, TimeSpan Interval)
{
    /// <summary>The document came whole: the description below replaces the former one. Otherwise only the times change.</summary>
    public FeedDescription? Description { get; init; }

    /// <summary>What a 304 said of the validators; null where it did not, and what was known stays.</summary>
    public string? ETag { get; init; }
    public string? LastModified { get; init; }

    /// <summary>The feed's rhythm as it is known now; null when nothing new was learnt of it.</summary>
    public PublishingRhythm? Rhythm { get; init; }

    /// <summary>The requests of the poll; none where a hub brought the document.</summary>
    public IReadOnlyList<FetchVisit> Visits { get; init; } = [];

    /// <summary>The pushed documents that were read; they go with the poll, for whoever finds one waiting makes the feed due again.</summary>
    public IReadOnlyList<long> Pushes { get; init; } = [];

    /// <summary>Whose lease the poll was made under; null when nobody held the feed.</summary>
    public string? LeaseOwner { get; init; }
}

/// <summary>What a whole document said of its feed (null: nothing, and what was known stays), and its validators, which replace the former ones.</summary>
public sealed record FeedDescription(string? Title, string? Language, string? SiteUrl, string? ETag, string? LastModified, string BodyHash);

/// <summary>An entry that is not an article yet. <paramref name="Identity"/> is unique over all feeds.</summary>
public sealed record NewArticle(Guid Id, string Identity, Uri? Url, FeedEntry Entry, DateTimeOffset FirstSeenAt, DateTimeOffset NextAttemptAt);

/// <summary>What the feed said of an article, kept until the page has been read. Null and empty mean that it did not say.</summary>
public sealed record FeedEntry
{
    public string? Title { get; init; }
    public string? Summary { get; init; }

    /// <summary>The feed's own full content; null when it carries only a summary.</summary>
    public string? Content { get; init; }

    /// <summary>Otherwise <see cref="Content"/> is plain text.</summary>
    public bool ContentIsHtml { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
}
