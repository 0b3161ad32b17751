using System.Globalization;
using Ingest.Core.Feeds;
using Ingest.Core.Web;

namespace Ingest.Pipeline;

/// <summary>
/// What makes two feed entries the same article, over all feeds: the canonical address of the page. An edited title or a new guid
/// makes no new article, and two feeds of one site that list the same page bring it once.
/// </summary>
internal static class EntryIdentity
{
    /// <summary>Pairs the entries with their identities, in order, the first of equal ones only.</summary>
    public static IReadOnlyList<(string Identity, ParsedEntry Entry)> Of(long feedId, IReadOnlyList<ParsedEntry> entries)
    {
        var shared = SharedLinks(entries);
        return [.. entries.Select(entry => (Identity: Of(feedId, entry, shared), Entry: entry)).DistinctBy(pair => pair.Identity)];
    }

    // A feed whose entries all link to one page (a ticker, a home page) tells them apart by their ids alone.
    private static string Of(long feedId, ParsedEntry entry, HashSet<Uri> shared)
    {
        var page = Canonical(entry);
        if (page is not null && !(entry.Id is not null && shared.Contains(page))) return page.AbsoluteUri;
        return string.Create(CultureInfo.InvariantCulture, $"feed:{feedId}:{entry.Key}");
    }

    private static HashSet<Uri> SharedLinks(IReadOnlyList<ParsedEntry> entries) =>
    [
        .. entries.GroupBy(Canonical).Where(group => group.Key is not null && group.Select(entry => entry.Id).Distinct().Count() > 1).Select(group => group.Key!),
    ];

    private static Uri? Canonical(ParsedEntry entry) => entry.Page is { } page ? UrlCanonicalizer.Canonicalize(page) : null;
}
