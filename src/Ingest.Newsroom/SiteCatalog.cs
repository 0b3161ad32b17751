using Ingest.Newsroom.Designs;
using Ingest.Newsroom.Grammar;

namespace Ingest.Newsroom;

/// <summary>How a site's newsroom writes, whatever its design.</summary>
internal enum Manner
{
    Report,
    Live,
    Wire,
}

/// <summary>A feed that a site offers. <paramref name="Share"/> is the part of its articles, newest first, that is listed.</summary>
internal sealed record FeedPlan(string Path, string Format, bool FullText, Validators Validators, bool TracksLinks = false, double Share = 1);

/// <summary>A site before anything is written. The address template knows {slug}, {id}, {yyyy}, {mm}, {dd} and {section}.</summary>
internal sealed record SitePlan(NewsSite Site, string Address, Manner Manner, IReadOnlyList<FeedPlan> Feeds);

/// <summary>The sites of a world.</summary>
internal static class SiteCatalog
{
    private static readonly string[] Formats = ["rss20", "atom10", "json11", "rss10"];

    public static IReadOnlyList<SitePlan> Of(DesignGroup designs) => designs == DesignGroup.Known ? Sites : [.. PageDesigns.Templates(designs).SelectMany(InEveryLanguage)];

    private static IEnumerable<SitePlan> InEveryLanguage(TemplateDesign design, int number) => PhraseBook.Languages.Select((language, at) =>
    {
        var slug = $"{design.Name}-{language}";
        var site = new NewsSite(slug, design.Site, design.Name, language) { HomePath = $"/{slug}/" };
        return new SitePlan(site, $"/{slug}/{{section}}/{{slug}}-{{id}}.html", design.Manner, [new($"/{slug}/feed", Formats[(number + at) % Formats.Length], FullText: false, Validators.Both)]);
    });

    private static IReadOnlyList<SitePlan> Sites { get; } =
    [
        new(new("tidewater", "Tidewater Notes", "block-theme", "en-GB") { HomePath = "/tidewater/" }, "/tidewater/?p={id}", Manner.Report,
        [
            new("/tidewater/feed/", "rss20", FullText: true, Validators.Both),
            new("/tidewater/feed/atom/", "atom10", FullText: false, Validators.ETag, Share: 0.7),
        ]),
        new(new("marktblatt", "Marktblatt Online", "classic-sidebar", "de-DE") { HomePath = "/marktblatt/" }, "/marktblatt/{yyyy}/{mm}/{slug}/", Manner.Report,
        [
            new("/marktblatt/feed/", "rss20", FullText: false, Validators.LastModified),
        ]),
        new(new("meridian", "The Meridian Post", "json-ld-publisher", "en-US") { HomePath = "/meridian/" }, "/meridian/story/{slug}-{id}", Manner.Report,
        [
            new("/meridian/feed.json", "json11", FullText: false, Validators.ETag, TracksLinks: true),
            new("/meridian/rss.xml", "rss20", FullText: false, Validators.Both, Share: 0.5),
        ]),
        new(new("cap", "La Gazette du Cap", "tables-2003", "fr-FR") { HomePath = "/cap/" }, "/cap/article.php3?id_article={id}", Manner.Report,
        [
            new("/cap/backend.rdf", "rss10", FullText: false, Validators.LastModified),
        ]),
        new(new("puerto", "Diario del Puerto", "amp", "es-ES") { HomePath = "/puerto/" }, "/puerto/{section}/{slug}.amp.html", Manner.Report,
        [
            new("/puerto/atom.xml", "atom10", FullText: true, Validators.Both),
        ]),
        new(new("nowline", "Nowline", "live-blog", "en-GB") { HomePath = "/nowline/" }, "/nowline/live/{slug}-{id}.html", Manner.Live,
        [
            new("/nowline/live.atom", "atom10", FullText: false, Validators.ETag, TracksLinks: true),
        ]),
        new(new("kuestenwelle", "Radio Küstenwelle", "radio-station", "de-DE") { HomePath = "/radio/" }, "/radio/{yyyy}/{mm}/{slug}/", Manner.Report,
        [
            new("/radio/feed/", "rss20", FullText: true, Validators.Both, TracksLinks: true),
            new("/radio/podcast.json", "json11", FullText: true, Validators.None, Share: 0.4),
        ]),
        new(new("coastline", "Coastline Press", "agency-wire", "en-GB") { HomePath = "/wire/" }, "/wire/{yyyy}{mm}{dd}/CP{id}.html", Manner.Wire,
        [
            new("/wire/latest.rdf", "rss10", FullText: true, Validators.LastModified),
            new("/wire/latest.json", "json11", FullText: false, Validators.ETag, Share: 0.8),
        ]),
        new(new("revue", "Revue des Quais", "microdata-magazine", "fr-FR") { HomePath = "/revue/" }, "/revue/{section}/{slug}", Manner.Report,
        [
            new("/revue/atom", "atom10", FullText: false, Validators.Both),
            new("/revue/rss", "rss20", FullText: true, Validators.ETag, TracksLinks: true, Share: 0.6),
        ]),
        new(new("boletin", "Boletín Vecinal", "plain-divs", "es-ES") { HomePath = "/boletin/" }, "/boletin/noticia/{slug},{id}.html", Manner.Report,
        [
            new("/boletin/rss.php?seccion=todas", "rss20", FullText: false, Validators.None),
        ]),
    ];
}
