namespace Ingest.Core.Feeds;

/// <summary>What came of a document that should have been a feed.</summary>
public abstract record FeedParseOutcome
{
    private FeedParseOutcome() { }

    public sealed record Parsed(ParsedFeed Feed) : FeedParseOutcome;

    /// <summary>Not a feed in any format known here. <paramref name="Why"/> is one line for a person.</summary>
    public sealed record NotAFeed(string Why) : FeedParseOutcome;
}

/// <summary>The document to parse, and what HTTP said of it.</summary>
public sealed record FeedDocument(ReadOnlyMemory<byte> Body)
{
    /// <summary>The Content-Type header; null when unknown.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Content-Location header, which outranks <see cref="Url"/> as base address; null when absent.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>The Content-Language header; null when absent.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The document's address after redirects; null when unknown.</summary>
    public Uri? Url { get; init; }
}

/// <summary>A feed as its document says it, whatever its format. Null and empty mean that the document does not say.</summary>
public sealed record ParsedFeed
{
    public required FeedFormat Format { get; init; }

    /// <summary>The charset the bytes were read with.</summary>
    public required string Encoding { get; init; }

    /// <summary>The document was malformed and had to be repaired.</summary>
    public bool Malformed { get; init; }
    public string? Id { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Language { get; init; }

    /// <summary>The site's page.</summary>
    public Uri? Link { get; init; }
    public IReadOnlyList<ParsedEntry> Entries { get; init; } = [];
}

/// <summary>One entry of a feed.</summary>
public sealed record ParsedEntry
{
    /// <summary>atom:id, guid, rdf:about or JSON id; null when the feed gives none.</summary>
    public string? Id { get; init; }

    /// <summary>The article's page, absolute. Falls back to a guid that is a permalink.</summary>
    public Uri? Link { get; init; }
    public string? Title { get; init; }

    /// <summary>A short description, HTML or text.</summary>
    public string? Summary { get; init; }

    /// <summary>The full content, HTML or text; null when the feed carries only a summary.</summary>
    public string? Content { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];
    public IReadOnlyList<FeedCategory> Categories { get; init; } = [];
}

/// <summary>A person of a feed; at least one part is given.</summary>
public sealed record FeedPerson(string? Name, string? Email, string? Url);

/// <summary>A category or tag.</summary>
public sealed record FeedCategory(string Term, string? Scheme, string? Label);

/// <summary>The formats that are read.</summary>
public enum FeedFormat
{
    Rss090,
    Rss091,
    Rss092,
    Rss093,
    Rss094,
    Rss10,
    Rss20,
    Rss,
    Atom03,
    Atom10,
    Atom,
    Cdf,
    Json1,
    Json11,
}
