namespace Ingest.Pipeline.Ports;

/// <summary>Feeds by the thousand: what comes from other programs' lists, and goes to them.</summary>
public interface ISubscriptionStore
{
    /// <summary>
    /// Subscribes what is not there yet, due now, in one transaction; what is there stays as it is. Returns for each, in order, whether it was added. Whoever
    /// brings thousands calls with a few hundred at a time.
    /// </summary>
    Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<Subscription> subscriptions, DateTimeOffset now, CancellationToken stop);

    /// <summary>All of them, in the order they were added.</summary>
    Task<IReadOnlyList<Subscription>> ListAsync(CancellationToken stop);
}

/// <summary>A feed as a list of feeds names it.</summary>
/// <param name="Title">Until the feed tells its own; null when not given.</param>
public sealed record Subscription(Uri Url, string? Title)
{
    /// <summary>The site's address; null when not given.</summary>
    public string? SiteUrl { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the list says that we have no meaning for, to be handed on with the feed.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
