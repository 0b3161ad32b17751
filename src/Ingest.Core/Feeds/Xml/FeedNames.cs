namespace Ingest.Core.Feeds.Xml;

/// <summary>One string for each name that feeds use, so that reading a feed does not allocate its names.</summary>
internal static class FeedNames
{
    private static readonly NameSet Known = new(
        "a about abstract actor admin alt article aspect author authors b base blockquote block body box br caption category categories chapter chapters channel cloud code "
        + "comment commentrss comments contact content contents contributor contributors copyright country created creator credit date description div docs "
        + "domain duration em email enclosure encoded entry explicit expired extract feed fullitem generator generatoragent group guid h1 h2 h3 height "
        + "homepage href hreflang hour hours i icon id image img in-reply-to info ispermalink issued item items keywords label lang language lastbuilddate lastmod "
        + "lat length li license link linestring link logo long managingeditor medium mode modified name new-feed-url origlink origenclosurelink "
        + "owner p path player point polygon pos poslist published publisher pubdate rating rdf ref registerprocedure rel resource "
        + "rights role rss scheme seq season skipdays skiphours source span start strong subject subtitle summary tagline term text textinput thumbnail time title "
        + "ttl type ul updated updatebase updatefrequency updateperiod uri url valid value version webmaster where width xml");

    /// <summary>The name in lower case.</summary>
    public static string Intern(ReadOnlySpan<char> name) =>
        Known.Find(name) ?? name.ToString().ToLowerInvariant();
}
