namespace Ingest.Core.Feeds;

/// <summary>A link. <paramref name="Href"/> is absolute where it can be made so.</summary>
public sealed record FeedLink(string? Href, string? Rel, string? Type, string? Hreflang, string? Title, string? Length);

/// <summary>A file that belongs to an entry. <paramref name="Length"/> is in bytes, as given.</summary>
public sealed record FeedEnclosure(string Url, string? Type, string? Length);

/// <summary>A person of a feed; at least one part is given.</summary>
public sealed record FeedPerson(string? Name, string? Email, string? Url);

/// <summary>A category or tag.</summary>
public sealed record FeedCategory(string Term, string? Scheme, string? Label);

/// <summary>The program that wrote the feed.</summary>
public sealed record FeedGenerator(string? Name, string? Url, string? Version);

/// <summary>A picture of the feed or entry; its size in pixels, as given.</summary>
public sealed record FeedImage(string? Url, string? Title = null, string? Link = null, string? Description = null, string? Width = null, string? Height = null);

/// <summary>Where RSS readers could register to be told of changes.</summary>
public sealed record FeedCloud(string? Domain, string? Port, string? Path, string? RegisterProcedure, string? Protocol);

/// <summary>RSS's search or feedback box.</summary>
public sealed record FeedTextInput(string? Title, string? Description, string? Name, string? Link);

/// <summary>Pictures and films of the Media RSS module.</summary>
public sealed record FeedMedia(IReadOnlyList<string> Thumbnails, IReadOnlyList<string> Contents)
{
    public static readonly FeedMedia None = new([], []);
}

/// <summary>What iTunes adds. Null means not said.</summary>
/// <param name="Block">Keep out of the directory.</param>
/// <param name="Explicit">Not for children; false only when the feed says "clean" or "no".</param>
/// <param name="Duration">As given: seconds or hours, minutes and seconds with colons.</param>
/// <param name="Episode">The number of the episode, as given.</param>
/// <param name="Season">The number of the season, as given.</param>
public sealed record FeedPodcast(bool? Block, bool? Explicit, string? Duration, string? Episode, string? Season)
{
    /// <summary>full, trailer or bonus, as given.</summary>
    public string? EpisodeType { get; init; }

    /// <summary>Addresses of the spoken words as text, and of the list of chapters (the podcast namespace).</summary>
    public string? Transcript { get; init; }
    public string? Chapters { get; init; }
}

/// <summary>A mark in an episode; <paramref name="Start"/> counts from its beginning.</summary>
public sealed record FeedChapter(string? Title, TimeSpan Start, string? Image);

/// <summary>The entry that is answered (RFC 4685).</summary>
public sealed record FeedReply(string? Ref, string? Href, string? Type, string? Source);

/// <summary>A place as GeoJSON has it: longitude first, then latitude, then a height where there is one.</summary>
/// <param name="Shape">What <paramref name="Positions"/> draw.</param>
/// <param name="Positions">One position of a point, the corners of a line or a ring, the two corners of a box.</param>
public sealed record FeedPlace(PlaceShape Shape, IReadOnlyList<IReadOnlyList<double>> Positions);

/// <summary>The shapes of <see cref="FeedPlace"/>.</summary>
public enum PlaceShape
{
    Point,
    LineString,
    Polygon,
    Box,
}
