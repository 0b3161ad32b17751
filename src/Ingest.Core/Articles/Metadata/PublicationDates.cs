using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>When an article was published, and by whose word.</summary>
internal readonly record struct DatedBy(DateTimeOffset At, string Source);

/// <summary>Weighs what head, JSON-LD, microdata, the page's own lines and its address say of the date.</summary>
internal static class PublicationDates
{
    private static readonly string[] Published =
    [
        "article:published_time", "og:article:published_time", "article:published", "datePublished", "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
        "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "citation_publication_date", "citation_online_date", "citation_date", "pubdate", "publishdate", "publish-date",
        "publish_date", "published_at", "publication_date", "rnews:datepublished", "date.release", "date.issued", "article.published", "article_date_original", "originalpublicationdate", "date", "bt:pubdate", "dat", "datum",
    ];

    private static readonly string[] Modified =
        ["article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "rnews:datemodified", "article:updated", "last_updated", "revised"];

    public static DatedBy? Find(HeadReader head, JsonLdArticle? json, PageScan scan, IReadOnlyList<NearLine> lines, Uri? address, DayOrder order, out DateTimeOffset? modified)
    {
        var (shown, changed) = VisibleDates.Find(lines, order);
        modified = PageDates.Parse(json?.Modified) ?? First(head, Modified) ?? OfProperty(scan, lines, "dateModified", order) ?? changed?.Instant;
        var declared = By(PageDates.Parse(json?.Published), "json-ld") ?? By(First(head, Published), "meta") ?? By(OfProperty(scan, lines, "datePublished", order), "microdata")
            ?? By(OfTimes(scan, lines, order), "time");
        if (declared is not { } known)
            return By(shown?.Instant, "text") ?? By(UrlDates.Find(address), "url");
        return shown is { } seen ? Agreed(known, seen) : known;
    }

    // The page's own clock tells the offset of a time that is declared in UTC. A declared date that is the shown one with day and month
    // exchanged comes from a program that took one for the other; people would have noticed the shown one.
    private static DatedBy Agreed(DatedBy declared, FoundDate shown)
    {
        var (at, seen) = (declared.At, shown.Instant);
        if (shown.IsNamed && at.Year == seen.Year && at.Month == seen.Day && at.Day == seen.Month && at.Month != at.Day)
            return new DatedBy(seen, "text");
        var ahead = seen.DateTime - at.UtcDateTime;
        // A date without a time agrees where the declared one is that day's midnight.
        var isOffset = at.Offset == TimeSpan.Zero && Math.Abs(ahead.TotalHours) <= (shown.HasTime ? 14 : 3);
        if (!isOffset)
            return declared;
        var quarters = Math.Round(ahead.TotalMinutes / 15);
        return Math.Abs(ahead.TotalMinutes - quarters * 15) < 1.01 ? declared with { At = at.ToOffset(TimeSpan.FromMinutes(quarters * 15)) } : declared;
    }

    private static DatedBy? By(DateTimeOffset? at, string source) => at is { } known ? new DatedBy(known, source) : null;

    private static DateTimeOffset? First(HeadReader head, string[] names)
    {
        foreach (var name in names)
            if (PageDates.Parse(head.Meta(name)) is { } date)
                return date;
        return null;
    }

    private static DateTimeOffset? OfProperty(PageScan scan, IReadOnlyList<NearLine> lines, string name, DayOrder order)
    {
        DateTimeOffset? found = null;
        foreach (var property in scan.Properties)
            if (property.Name == name && PageDates.Parse(property.Value, order) is { } date && !IsElsewhere(property.Region))
            {
                // The first one, but one that stands at the headline before any that does not.
                if (IsNear(lines, property.Block))
                    return date;
                found ??= date;
            }
        return found;
    }

    // A time that stands near the article dates it; one in a list of teasers does not.
    private static DateTimeOffset? OfTimes(PageScan scan, IReadOnlyList<NearLine> lines, DayOrder order)
    {
        foreach (var mustSay in (ReadOnlySpan<bool>)[true, false])
            foreach (var time in scan.Times)
                if ((time.Property is not null) == mustSay && time.Property != "dateModified" && !IsElsewhere(time.Region) && (mustSay || IsNear(lines, time.Block)) && PageDates.Parse(time.Value, order) is { } date)
                    return date;
        return null;
    }

    private static bool IsNear(IReadOnlyList<NearLine> lines, int block)
    {
        foreach (var line in lines)
            if (line.At == block && line.Place != LinePlace.Inside)
                return true;
        return false;
    }

    public static bool IsElsewhere(Region region)
    {
        for (var at = region; at is not null; at = at.Parent)
            if (at.Hint is ResidueKind.CommentList or ResidueKind.CommentForm or ResidueKind.RelatedLinks or ResidueKind.ReadMore or ResidueKind.SocialEmbed or ResidueKind.Navigation)
                return true;
        return false;
    }
}
