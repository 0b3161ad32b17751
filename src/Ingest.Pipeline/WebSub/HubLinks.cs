using Ingest.Core.Feeds;
using Ingest.Core.Web;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline.WebSub;

/// <summary>Which hub a feed names, by its Link headers or else in its document (WebSub, section 4).</summary>
internal static class HubLinks
{
    /// <summary>Null when none is named, or none that can be asked. Of several the first: one is enough, and each would bring everything.</summary>
    public static NamedHub? Of(ParsedFeed document, FetchOutcome.Fetched page)
    {
        List<(string Rel, Uri Target)> links =
        [
            .. LinkHeader.Parse(page.Headers.Link).SelectMany(link => link.Rels.Select(rel => (rel, link.Target))).Select(link => Resolve(link.rel, link.Target, page.FinalUrl)).OfType<(string, Uri)>(),
            .. document.Links.Select(link => Resolve(link.Rel, link.Href, page.FinalUrl)).OfType<(string, Uri)>(),
        ];
        return Find("hub") is { } hub ? new NamedHub(hub, Find("self") ?? page.FinalUrl) : null;

        Uri? Find(string rel) => links.Where(link => link.Rel.Equals(rel, StringComparison.OrdinalIgnoreCase)).Select(link => link.Target).FirstOrDefault();
    }

    private static (string Rel, Uri Target)? Resolve(string? rel, string? target, Uri page) =>
        rel is not null && target is not null && Uri.TryCreate(page, target, out var url) && url.Scheme is "http" or "https" ? (rel, url) : null;
}
