using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>Puts together what head, JSON-LD, microdata and the body's own marks say.</summary>
internal static class MetadataReader
{
    public static PageMetadata Read(HeadReader head, JsonLdArticle? json, PageScan scan, SiteNames site, IReadOnlyList<string> declared, int title, Region? article, PageInput page)
    {
        var lines = Surroundings.Find(scan, title, article);
        var language = Language(head, json);
        var canonical = Canonical(head, page.Url);
        var published = PublicationDates.Find(head, json, scan, lines, canonical ?? page.Url, OrderIn(language), out var modified);
        var kicker = scan.Properties.FirstOrDefault(p => p.Name == "kicker" && p.Block == title)?.Value;
        var titles = Metadata.Titles.Find(title < 0 ? null : scan.Blocks[title].Text, kicker, declared, site);
        var summary = head.Meta("og:description", "description", "twitter:description", "dcterms.description", "dc.description") ?? json?.Description;
        return new PageMetadata
        {
            Titles = titles,
            Subtitle = Subtitle(json, scan, titles),
            Summary = Clean(summary),
            Language = language,
            CanonicalUrl = canonical,
            Authors = Metadata.Authors.Find(head, json, scan, lines, site, titles.Count > 0 ? titles[0] : null),
            Publisher = Clean(json?.Publisher ?? head.Meta("og:site_name", "publisher", "dc.publisher", "article:publisher_name", "application-name")),
            Section = Clean(head.Meta("article:section", "section", "parsely-section", "sailthru.section", "cxenseparse:section") ?? json?.Section ?? scan.Properties.FirstOrDefault(p => p.Name == "articleSection")?.Value),
            Tags = Tags(head, json),
            PublishedAt = published?.At,
            PublishedAtSource = published?.Source,
            ModifiedAt = modified,
            Images = Images(head, json, scan, article, head.BaseOf(page.Url)),
            Body = json?.Body,
            Paywalled = IsPaid(head, json, scan),
            Rights = Metadata.Rights.Find(head, json, scan, page.Use, canonical ?? page.Url),
        };
    }

    public static Uri? Address(string? value, Uri? page)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var made = page is not null ? Uri.TryCreate(page, value.Trim(), out var url) : Uri.TryCreate(value.Trim(), UriKind.Absolute, out url);
        return made && url!.Scheme is "http" or "https" ? url : null;
    }

    /// <summary>The page's own word for its address; null when it gives none.</summary>
    public static Uri? Canonical(HeadReader head, Uri? page) => Address(head.Canonical, page) ?? Address(head.Meta("og:url"), page);

    /// <summary>The titles that the head declares, best first.</summary>
    public static IReadOnlyList<string> DeclaredTitles(HeadReader head, JsonLdArticle? json) =>
        [.. new[] { json?.Headline, head.Meta("og:title"), head.Meta("twitter:title", "title", "dc.title", "dcterms.title", "sailthru.title", "citation_title"), head.Title }
            .Select(Clean).OfType<string>()];

    private static bool IsPaid(HeadReader head, JsonLdArticle? json, PageScan scan) =>
        json?.Free == false || head.Meta("article:content_tier", "content_tier", "og:article:content_tier")?.ToLowerInvariant() is "locked" or "metered" or "paid" or "premium"
        || head.Meta("isaccessibleforfree")?.ToLowerInvariant() is "false" || scan.Properties.Any(p => p.Name == "isAccessibleForFree" && p.Value.Equals("false", StringComparison.OrdinalIgnoreCase));

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

    private static List<string> Tags(HeadReader head, JsonLdArticle? json)
    {
        var tags = head.Metas("article:tag");
        if (tags.Count == 0)
            tags = json?.Keywords is { Count: > 0 } keywords ? keywords : head.Metas("news_keywords", "keywords", "sailthru.tags", "parsely-tags");
        return [.. tags.SelectMany(t => t.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).Take(40)];
    }

    // English alone says nothing: both sides of the Atlantic write it.
    internal static DayOrder OrderIn(string? language) => language switch
    {
        null => DayOrder.Unknown,
        _ when !language.StartsWith("en", StringComparison.OrdinalIgnoreCase) => DayOrder.DayFirst,
        _ when language.EndsWith("-US", StringComparison.OrdinalIgnoreCase) => DayOrder.MonthFirst,
        _ when language.Length == 2 || language.EndsWith("-CA", StringComparison.OrdinalIgnoreCase) || language.EndsWith("-PH", StringComparison.OrdinalIgnoreCase) => DayOrder.Unknown,
        _ => DayOrder.DayFirst,
    };

    // The picture that the page is shared with is the lead; where the article shows it too, in whatever size, that one has its caption.
    private static List<ArticleImage> Images(HeadReader head, JsonLdArticle? json, PageScan scan, Region? article, Uri? page)
    {
        var images = new List<ArticleImage>();
        foreach (var seen in scan.Images.Where(i => article is not null && i.Block >= article.FirstBlock && i.Block <= article.EndBlock && !IsInResidue(i.Region, article)).Take(30))
            if (seen.Url is { } address && !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && Address(address, page) is { } url && images.TrueForAll(i => i.Url != url))
                images.Add(Captions.Describe(url, seen, scan));
        foreach (var declared in head.Metas("og:image", "og:image:secure_url", "twitter:image", "twitter:image:src").Concat(json?.Images ?? []).Select(i => Address(i, page)).OfType<Uri>().Distinct().Take(5).Reverse())
        {
            var shown = images.FindIndex(i => SameFile(i.Url, declared));
            var lead = shown < 0 ? new ArticleImage(declared, null, null) : images[shown];
            if (shown >= 0)
                images.RemoveAt(shown);
            images.Insert(0, lead);
        }
        return images;
    }

    // "/2021/boat-1200x630.jpg" and "/2021/boat.jpg?w=640" are one picture.
    private static bool SameFile(Uri one, Uri other) => one == other || (Stem(one) is { Length: > 7 } stem && stem == Stem(other));

    private static string Stem(Uri url)
    {
        var name = url.AbsolutePath[(url.AbsolutePath.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return (dot > 0 ? name[..dot] : name).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'x', '-', '_');
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
