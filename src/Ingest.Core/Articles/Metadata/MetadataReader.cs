using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Puts together what head, JSON-LD, microdata and the body's own marks say.</summary>
internal static class MetadataReader
{
    public static PageMetadata Read(HeadReader head, JsonLdArticle? json, PageScan scan, string? heading, Region? article, PageInput page)
    {
        var (published, source) = Published(head, json, scan, article);
        var titles = Titles(head, json, heading);
        var summary = head.Meta("og:description", "description", "twitter:description", "dcterms.description", "dc.description") ?? json?.Description;
        return new PageMetadata
        {
            Titles = titles,
            Subtitle = Subtitle(json, scan, titles),
            Summary = Clean(summary),
            Language = Language(head, json),
            CanonicalUrl = Address(head.Canonical ?? head.Meta("og:url"), page.Url),
            Authors = Authors(head, json, scan),
            Publisher = Clean(json?.Publisher ?? head.Meta("og:site_name", "publisher", "dc.publisher", "article:publisher_name", "application-name")),
            Section = Clean(head.Meta("article:section", "section") ?? json?.Section),
            Tags = Tags(head, json),
            PublishedAt = published,
            PublishedAtSource = source,
            ModifiedAt = PageDates.Parse(json?.Modified) ?? PageDates.Parse(head.Meta("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")),
            Images = Images(head, json, scan, article, page.Url),
            Body = json?.Body,
            Paywalled = json?.Free == false || head.Meta("article:content_tier") is "locked" or "metered",
        };
    }

    public static Uri? Address(string? value, Uri? page)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var made = page is not null ? Uri.TryCreate(page, value.Trim(), out var url) : Uri.TryCreate(value.Trim(), UriKind.Absolute, out url);
        return made && url!.Scheme is "http" or "https" ? url : null;
    }

    /// <summary>The titles that the head declares, best first.</summary>
    public static IReadOnlyList<string> DeclaredTitles(HeadReader head, JsonLdArticle? json) =>
        [.. new[] { json?.Headline, head.Meta("og:title"), head.Meta("twitter:title", "title", "dc.title", "dcterms.title", "sailthru.title", "citation_title"), head.Title }
            .Select(Clean).OfType<string>()];

    // The heading of the page is what a reader calls the title; the head's titles tell which heading that is.
    private static List<string> Titles(HeadReader head, JsonLdArticle? json, string? heading) =>
        [.. new[] { heading, Stripped(json?.Headline, head), Stripped(head.Meta("og:title"), head), Stripped(Clean(head.Title), head) }.Concat(DeclaredTitles(head, json))
            .Select(Clean).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? Stripped(string? title, HeadReader head) => title is null ? null : Headings.WithoutSite(title, head.Meta("og:site_name"));

    private static string? Subtitle(JsonLdArticle? json, PageScan scan, IReadOnlyList<string> titles)
    {
        var text = Clean(json?.AlternativeHeadline ?? scan.Properties.FirstOrDefault(p => p.Name == "alternativeHeadline")?.Value);
        return text is not null && !titles.Contains(text) ? text : null;
    }

    private static string? Language(HeadReader head, JsonLdArticle? json)
    {
        var tag = (head.Language ?? head.Meta("content-language", "og:locale", "language", "dc.language") ?? json?.Language)?.Trim().Replace('_', '-');
        return tag is { Length: >= 2 and <= 16 } && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? tag : null;
    }

    private static IReadOnlyList<string> Authors(HeadReader head, JsonLdArticle? json, PageScan scan)
    {
        var candidates = new[]
        {
            json?.Authors ?? [],
            head.Metas("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl"),
            [.. scan.Properties.Where(p => p.Name is "author" or "creator").Select(p => p.Value)],
        };
        return candidates.Select(Names.People).FirstOrDefault(names => names.Count > 0) ?? [];
    }

    private static List<string> Tags(HeadReader head, JsonLdArticle? json)
    {
        var tags = head.Metas("article:tag");
        if (tags.Count == 0)
            tags = json?.Keywords is { Count: > 0 } keywords ? keywords : head.Metas("news_keywords", "keywords", "sailthru.tags", "parsely-tags");
        return [.. tags.SelectMany(t => t.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).Take(40)];
    }

    private static (DateTimeOffset?, string?) Published(HeadReader head, JsonLdArticle? json, PageScan scan, Region? article)
    {
        if (PageDates.Parse(json?.Published) is { } fromJson)
            return (fromJson, "json-ld");
        if (PageDates.Parse(head.Meta("article:published_time", "og:article:published_time", "datePublished", "date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "dcterms.date", "article:published")) is { } fromMeta)
            return (fromMeta, "meta");
        if (scan.Properties.Where(p => p.Name is "datePublished" or "dateCreated").Select(p => PageDates.Parse(p.Value)).FirstOrDefault(d => d is not null) is { } fromData)
            return (fromData, "microdata");
        // A time that stands near the article dates it; one in a list of teasers does not.
        var first = article?.FirstBlock ?? 0;
        var near = scan.Times.Where(t => t.Property == "datePublished").Concat(scan.Times.Where(t => t.Block >= first - 25 && t.Block <= (article?.EndBlock ?? 0) + 10));
        return near.Select(t => PageDates.Parse(t.Value)).FirstOrDefault(d => d is not null) is { } fromTime ? (fromTime, "time") : (null, null);
    }

    private static List<ArticleImage> Images(HeadReader head, JsonLdArticle? json, PageScan scan, Region? article, Uri? page)
    {
        var images = new List<ArticleImage>();
        foreach (var seen in scan.Images.Where(i => article is not null && i.Block >= article.FirstBlock && i.Block <= article.EndBlock && !IsInResidue(i.Region, article)).Take(30))
            if (Address(seen.Url, page) is { } url && images.TrueForAll(i => i.Url != url))
                images.Add(Captions.Describe(url, seen, scan));
        foreach (var declared in (json?.Images ?? []).Concat(head.Metas("og:image", "twitter:image")).Take(5))
            if (Address(declared, page) is { } url && images.TrueForAll(i => i.Url != url))
                images.Add(new ArticleImage(url, null, null));
        return images;
    }

    private static bool IsInResidue(Region region, Region article)
    {
        for (var at = region; at is not null && !ReferenceEquals(at, article); at = at.Parent)
            if (at.Hint is not null and not ResidueKind.Caption and not ResidueKind.PhotoCredit)
                return true;
        return false;
    }

    private static string? Clean(string? text) => text is null || Spaces.Squeeze(text) is not { Length: > 0 } squeezed ? null : squeezed;
}
