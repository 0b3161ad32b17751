namespace Ingest.Pipeline.Ports;

/// <summary>What is agreed with hubs (WebSub), and what they have brought and nobody has read yet. Every method is one transaction.</summary>
public interface IPushStore
{
    /// <summary>
    /// Notes which hub a feed's document names (null: none). A hub that is new is to be asked at once under the token and secret that are given; one that is named no
    /// longer is to be told.
    /// </summary>
    Task NoteHubAsync(long feedId, NamedHub? hub, string token, string secret, DateTimeOffset now, CancellationToken stop);

    /// <summary>The subscriptions whose hubs are to be asked now; nobody else gets them before <paramref name="until"/>.</summary>
    Task<IReadOnlyList<PushSubscription>> ClaimDueAsync(int most, DateTimeOffset now, DateTimeOffset until, CancellationToken stop);

    Task<PushSubscription?> FindAsync(string token, CancellationToken stop);

    /// <summary>A hub was asked, and what it answered: when it is to be asked again unless it confirms, and what was wrong, if anything.</summary>
    Task NoteAskedAsync(string token, DateTimeOffset nextAttemptAt, string? error, CancellationToken stop);

    /// <summary>The hub has confirmed a subscription.</summary>
    Task NoteActiveAsync(string token, DateTimeOffset leaseUntil, DateTimeOffset renewAt, CancellationToken stop);

    /// <summary>The hub does not want us, or has ended it.</summary>
    Task NoteDeniedAsync(string token, DateTimeOffset nextAttemptAt, string why, CancellationToken stop);

    /// <summary>Both sides have ended it.</summary>
    Task ForgetAsync(string token, CancellationToken stop);

    /// <summary>Keeps a document and makes its feed due. False, and nothing is kept, when so many wait already; the feed is due all the same.</summary>
    Task<bool> ReceiveAsync(PushSubscription subscription, PushedDocument document, int most, DateTimeOffset now, CancellationToken stop);

    /// <summary>What waits for a feed, the oldest first.</summary>
    Task<IReadOnlyList<PushedDocument>> WaitingAsync(long feedId, CancellationToken stop);

    /// <summary>Takes away what has been read.</summary>
    Task DropAsync(IReadOnlyCollection<long> ids, CancellationToken stop);

    /// <summary>Makes feeds due for which something waits: what was brought while they were polled. Returns how many.</summary>
    Task<int> MakeDueAsync(DateTimeOffset now, CancellationToken stop);

    /// <summary>A poll has found what the hub should have brought: it is not relied upon before it brings something again.</summary>
    Task DistrustAsync(long feedId, CancellationToken stop);
}

/// <summary>The hub of a feed, and the address under which that knows the feed.</summary>
public sealed record NamedHub(Uri Hub, Uri Topic);

/// <summary>A subscription at a hub.</summary>
public sealed record PushSubscription(long FeedId, string Token, Uri Hub, Uri Topic, string Secret, PushState State, int Attempts, DateTimeOffset? LeaseUntil);

/// <summary>Where a subscription stands.</summary>
public enum PushState
{
    /// <summary>The hub is to be asked, or has been and has not confirmed yet.</summary>
    Wanted,
    Active,

    /// <summary>The hub said no, or ended it; it is asked again after a while.</summary>
    Denied,

    /// <summary>The feed is gone, or names another hub; the hub is to be told.</summary>
    Leaving,
}

/// <summary>What a hub has brought. Its id is 0 as long as it is not kept.</summary>
public sealed record PushedDocument(long Id, string? ContentType, ReadOnlyMemory<byte> Body);

/// <summary>A subscription as a feed's page shows it.</summary>
/// <param name="Relied">The hub is relied upon: the feed is polled once a day only.</param>
/// <param name="Error">What went wrong last; null when nothing did.</param>
public sealed record PushSummary(string Hub, PushState State, bool Relied, DateTimeOffset? LeaseUntil, DateTimeOffset? PushedAt, string? Error);
