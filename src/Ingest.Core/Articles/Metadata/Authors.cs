using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>
/// Who wrote an article. Everything that names an author is asked in the order of trust, first for persons, then for single names, then for
/// teams and agencies; the site itself is nobody's author while anyone else is named.
/// </summary>
internal static class Authors
{
    private static readonly string[] Metas =
    [
        "author", "article:author", "article:author_name", "og:article:author", "citation_author", "dc.creator", "dcterms.creator", "dc.creator.personalname", "parsely-author", "sailthru.author", "byl", "byline", "cxenseparse:author",
        "rbauthors", "shareaholic:article_author_name", "article.author", "authors", "twitter:data1",
    ];

    public static IReadOnlyList<string> Find(HeadReader head, JsonLdArticle? json, PageScan scan, IReadOnlyList<NearLine> lines, SiteNames site, string? title)
    {
        var declared = new Lazy<List<AuthorName>>(() => [.. (json?.Authors ?? []).SelectMany(field => Names.Read(field, isField: true))]);
        var marked = new Lazy<List<AuthorName>>(() => Bylines.Marked(scan, lines, "author", "creator"));
        var introduced = new Lazy<List<AuthorName>>(() => Bylines.Labelled(lines, belowText: false));
        var inHead = new Lazy<List<AuthorName>>(() => OfHead(head));
        var classed = new Lazy<List<AuthorName>>(() => Bylines.Marked(scan, lines, "byline"));
        var below = new Lazy<List<AuthorName>>(() => Bylines.Labelled(lines, belowText: true));
        var bare = new Lazy<List<AuthorName>>(() => Bylines.Bare(lines, title));
        Lazy<List<AuthorName>>[] sources = [introduced, declared, marked, inHead, classed, below, bare];
        return First(sources, n => n.Kind == NameKind.Person && !site.Resembles(n.Text))
            ?? First(sources, n => n.Kind == NameKind.Handle && !site.Resembles(n.Text))
            ?? First(sources, n => n.Kind != NameKind.Organisation)
            ?? First(sources, n => !site.Is(n.Text))
            ?? First([declared, marked, introduced, classed], _ => true)
            ?? [];
    }

    private static IReadOnlyList<string>? First(Lazy<List<AuthorName>>[] sources, Predicate<AuthorName> wanted)
    {
        foreach (var source in sources)
            if (source.Value.FindAll(wanted) is { Count: > 0 } names)
                return [.. names.Select(n => n.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
        return null;
    }

    private static List<AuthorName> OfHead(HeadReader head)
    {
        foreach (var name in Metas)
        {
            if (name == "twitter:data1" && !SaysAuthor(head.Meta("twitter:label1")))
                continue;
            var names = head.Metas(name).SelectMany(field => Names.Read(field, isField: true)).ToList();
            if (names.Count > 0)
                return names;
        }
        return [];
    }

    // WordPress: "Written by" in label1, the name in data1.
    private static bool SaysAuthor(string? label)
    {
        if (label is null)
            return false;
        Names.WithoutLabel(label + " x", out var labelled);
        return labelled;
    }
}
