using System.Diagnostics.CodeAnalysis;
using Ingest.Core.Feeds.Formats;
using Ingest.Core.Feeds.Sitemaps;

namespace Ingest.Core.Feeds;

/// <summary>A feed as its document says it, whatever its format. Null and empty mean that the document does not say.</summary>
public sealed record ParsedFeed : FeedDetails
{
    public ParsedFeed()
    {
    }

    [SetsRequiredMembers]
    internal ParsedFeed(FeedBuilder feed, FeedFormat format) : base(feed) => (Format, Encoding, Schedule, Entries) = (format, "", feed.Timetable.Build(feed.Ttl), feed.KeyedEntries());

    public required FeedFormat Format { get; init; }

    /// <summary>The charset the bytes were read with.</summary>
    public required string Encoding { get; init; }

    /// <summary>The document was malformed and had to be repaired.</summary>
    public bool Malformed { get; init; }

    /// <summary>When the document says it is worth asking for.</summary>
    public FeedSchedule Schedule { get; init; } = FeedSchedule.None;

    /// <summary>The sitemaps that an index of them lists; empty for everything else.</summary>
    public IReadOnlyList<SitemapLink> Sitemaps { get; init; } = [];

    /// <summary>What was mended and what is lost, each kind once.</summary>
    public IReadOnlyList<FeedProblem> Problems { get; init; } = [];
    public IReadOnlyList<ParsedEntry> Entries { get; init; } = [];
}

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
    Sitemap,
    SitemapIndex,
}
