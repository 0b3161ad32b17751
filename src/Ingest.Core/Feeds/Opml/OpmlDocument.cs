namespace Ingest.Core.Feeds.Opml;

/// <summary>A list of subscriptions as an OPML file has it.</summary>
/// <param name="Title">What the file calls itself; null when it does not.</param>
/// <param name="Feeds">Each address once, where the file names it first; its folders are those of all its places.</param>
/// <param name="Refused">Outlines that are no feed that could be subscribed to.</param>
/// <param name="Repeated">Outlines that name a feed again.</param>
public sealed record OpmlDocument(string? Title, IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<OpmlRefusal> Refused, IReadOnlyList<OpmlRefusal> Repeated);

/// <summary>A subscription.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Title">Null when not given.</param>
public sealed record OpmlFeed(Uri Url, string? Title)
{
    /// <summary>Between the names of nested folders.</summary>
    public const string FolderSeparator = " > ";

    /// <summary>Where the file has it, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The site's address, as given; null when not given.</summary>
    public string? SiteUrl { get; init; }

    /// <summary>The folders it is in, nested ones as <c>News > Europe</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>All that we have no meaning for, by name as written; one of a declared namespace as <c>{namespace}name</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>An outline that is not taken, and why in words for a person.</summary>
public sealed record OpmlRefusal(int Line, string Outline, string Why);
