namespace Ingest.Core.Feeds.Discovery;

/// <summary>A feed that a site seems to have.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Title">What the site calls it; null when it gives no name.</param>
/// <param name="Type">Its media type; null when not given.</param>
/// <param name="Source">How it was found.</param>
/// <param name="IsComments">It brings what readers wrote.</param>
public sealed record FeedCandidate(Uri Url, string? Title, string? Type, CandidateSource Source, bool IsComments = false);

/// <summary>How a feed was found, the most trustworthy way first.</summary>
public enum CandidateSource
{
    /// <summary>A link of the page that is meant for feed readers, in its head or in its HTTP header.</summary>
    Named,

    /// <summary>The site's addresses tell where its feeds are.</summary>
    Address,

    /// <summary>A link for people whose address looks like a feed's.</summary>
    Anchor,

    /// <summary>Feeds are often found there; whether this site has one must be tried.</summary>
    Guess,
}

/// <summary>What a page tells of feeds.</summary>
/// <param name="Feeds">In the order of preference, each address once.</param>
/// <param name="Hubs">Where changes can be subscribed to (WebSub).</param>
/// <param name="Self">The address under which to subscribe; null when not given.</param>
public sealed record PageFeeds(IReadOnlyList<FeedCandidate> Feeds, IReadOnlyList<Uri> Hubs, Uri? Self);
