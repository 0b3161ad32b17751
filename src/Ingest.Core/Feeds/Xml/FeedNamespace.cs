using System.Collections.Frozen;

namespace Ingest.Core.Feeds.Xml;

/// <summary>The vocabularies that feeds are written in.</summary>
internal enum FeedNamespace : byte
{
    /// <summary>No namespace, or one of RSS's own: the words of RSS and CDF.</summary>
    Core,
    Atom,
    Rdf,
    Xml,
    Xmlns,
    Xhtml,
    Svg,
    MathMl,
    XLink,
    Content,
    DublinCore,
    DublinCoreTerms,
    ITunes,
    Media,
    GeoRss,
    Gml,
    W3CGeo,
    CreativeCommons,
    CommentApi,
    Threading,
    Podlove,
    Podcast,
    FeedBurner,
    GooglePlay,
    Admin,
    Slash,
    Syndication,
    Other,
}

/// <summary>Namespace names, and the prefixes that feeds use without declaring them.</summary>
internal static class FeedNamespaces
{
    /// <summary>Compared without case and without a trailing slash, since feeds get both wrong.</summary>
    private static readonly FrozenDictionary<string, FeedNamespace> ByName = new Dictionary<string, FeedNamespace>
    {
        [""] = FeedNamespace.Core,
        ["http://backend.userland.com/rss"] = FeedNamespace.Core,
        ["http://backend.userland.com/rss2"] = FeedNamespace.Core,
        ["http://backend.userland.com/rss2.0"] = FeedNamespace.Core,
        ["http://blogs.law.harvard.edu/tech/rss"] = FeedNamespace.Core,
        ["http://cyber.law.harvard.edu/rss"] = FeedNamespace.Core,
        ["http://cyber.law.harvard.edu/rss/rss.html"] = FeedNamespace.Core,
        ["http://channel.netscape.com/rdf/simple/0.9"] = FeedNamespace.Core,
        ["http://my.netscape.com/rdf/simple/0.9"] = FeedNamespace.Core,
        ["http://my.netscape.com/publish/formats/rss-0.91.dtd"] = FeedNamespace.Core,
        ["http://purl.org/net/rss1.1#"] = FeedNamespace.Core,
        ["http://purl.org/rss/1.0"] = FeedNamespace.Core,
        ["http://www.rssboard.org/rss-specification"] = FeedNamespace.Core,
        ["http://www.w3.org/2005/atom"] = FeedNamespace.Atom,
        ["http://purl.org/atom/ns#"] = FeedNamespace.Atom,
        ["http://purl.org/atom/ns"] = FeedNamespace.Atom,
        ["http://purl.org/echo"] = FeedNamespace.Atom,
        ["http://purl.org/pie"] = FeedNamespace.Atom,
        ["http://www.w3.org/1999/02/22-rdf-syntax-ns#"] = FeedNamespace.Rdf,
        ["http://www.w3.org/xml/1998/namespace"] = FeedNamespace.Xml,
        ["http://www.w3.org/2000/xmlns"] = FeedNamespace.Xmlns,
        ["http://www.w3.org/1999/xhtml"] = FeedNamespace.Xhtml,
        ["http://www.w3.org/2000/svg"] = FeedNamespace.Svg,
        ["http://www.w3.org/1998/math/mathml"] = FeedNamespace.MathMl,
        ["http://www.w3.org/1999/xlink"] = FeedNamespace.XLink,
        ["http://purl.org/rss/1.0/modules/content"] = FeedNamespace.Content,
        ["http://purl.org/dc/elements/1.0"] = FeedNamespace.DublinCore,
        ["http://purl.org/dc/elements/1.1"] = FeedNamespace.DublinCore,
        ["http://purl.org/dc/terms"] = FeedNamespace.DublinCoreTerms,
        ["http://www.itunes.com/dtds/podcast-1.0.dtd"] = FeedNamespace.ITunes,
        ["http://search.yahoo.com/mrss"] = FeedNamespace.Media,
        ["http://search.yahoo.com/mrss/1.1.1"] = FeedNamespace.Media,
        ["http://www.georss.org/georss"] = FeedNamespace.GeoRss,
        ["http://www.opengis.net/gml"] = FeedNamespace.Gml,
        ["http://www.w3.org/2003/01/geo/wgs84_pos#"] = FeedNamespace.W3CGeo,
        ["http://backend.userland.com/creativecommonsrssmodule"] = FeedNamespace.CreativeCommons,
        ["http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"] = FeedNamespace.CreativeCommons,
        ["http://creativecommons.org/ns#"] = FeedNamespace.CreativeCommons,
        ["http://creativecommons.org/ns#license"] = FeedNamespace.CreativeCommons,
        ["http://web.resource.org/cc"] = FeedNamespace.CreativeCommons,
        ["http://wellformedweb.org/commentapi"] = FeedNamespace.CommentApi,
        ["http://purl.org/syndication/thread/1.0"] = FeedNamespace.Threading,
        ["http://podlove.org/simple-chapters"] = FeedNamespace.Podlove,
        ["https://podcastindex.org/namespace/1.0"] = FeedNamespace.Podcast,
        ["https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"] = FeedNamespace.Podcast,
        ["http://rssnamespace.org/feedburner/ext/1.0"] = FeedNamespace.FeedBurner,
        ["http://www.google.com/schemas/play-podcasts/1.0"] = FeedNamespace.GooglePlay,
        ["http://webns.net/mvcb"] = FeedNamespace.Admin,
        ["http://purl.org/rss/1.0/modules/slash"] = FeedNamespace.Slash,
        ["http://purl.org/rss/1.0/modules/syndication"] = FeedNamespace.Syndication,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, FeedNamespace> ByPrefix = new Dictionary<string, FeedNamespace>
    {
        ["atom"] = FeedNamespace.Atom,
        ["atom10"] = FeedNamespace.Atom,
        ["rdf"] = FeedNamespace.Rdf,
        ["xhtml"] = FeedNamespace.Xhtml,
        ["svg"] = FeedNamespace.Svg,
        ["xlink"] = FeedNamespace.XLink,
        ["content"] = FeedNamespace.Content,
        ["dc"] = FeedNamespace.DublinCore,
        ["dcterms"] = FeedNamespace.DublinCoreTerms,
        ["itunes"] = FeedNamespace.ITunes,
        ["media"] = FeedNamespace.Media,
        ["georss"] = FeedNamespace.GeoRss,
        ["gml"] = FeedNamespace.Gml,
        ["geo"] = FeedNamespace.W3CGeo,
        ["cc"] = FeedNamespace.CreativeCommons,
        ["creativecommons"] = FeedNamespace.CreativeCommons,
        ["wfw"] = FeedNamespace.CommentApi,
        ["thr"] = FeedNamespace.Threading,
        ["psc"] = FeedNamespace.Podlove,
        ["podcast"] = FeedNamespace.Podcast,
        ["feedburner"] = FeedNamespace.FeedBurner,
        ["googleplay"] = FeedNamespace.GooglePlay,
        ["admin"] = FeedNamespace.Admin,
        ["slash"] = FeedNamespace.Slash,
        ["sy"] = FeedNamespace.Syndication,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The vocabulary of a declared namespace name.</summary>
    public static FeedNamespace Declared(ReadOnlySpan<char> name) =>
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.Trim().TrimEnd('/'), out var known) ? known : FeedNamespace.Other;

    /// <summary>The vocabulary that an undeclared prefix must mean; <see cref="FeedNamespace.Other"/> when it is no known habit.</summary>
    public static FeedNamespace Habitual(ReadOnlySpan<char> prefix) =>
        ByPrefix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var known) ? known : FeedNamespace.Other;
}
