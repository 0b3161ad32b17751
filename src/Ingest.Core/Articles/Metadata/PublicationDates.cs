using Ingest.Core.Articles.Extraction;

namespace Ingest.Core.Articles.Metadata;

/// <summary>When an article was published, and by whose word.</summary>
internal readonly record struct DatedBy(DateTimeOffset At, string Source);

/// <summary>Weighs what head, JSON-LD, microdata, the page's own lines and its address say of the date.</summary>
internal static class PublicationDates
{
    // Hours from UTC to the clocks of most readers: the Pacific's, Moscow's.
    private const double MostBehind = -9;
    private const double MostAhead = 3;

    private static readonly string[] Published =
    [
        "article:published_time", "og:article:published_time", "article:published", "datePublished", "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
        "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_online_date", "citation_date", "pubdate", "publishdate", "publish-date",
        "publish_date", "published_at", "publication_date", "rnews:datepublished", "date.release", "date.issued", "article.published", "article_date_original", "originalpublicationdate", "bt:pubdate",
    ];

    // Names that say nothing of publishing: many programs write the last change here.
    private static readonly string[] Vague = ["date", "dcterms.date", "dc.date", "dat", "datum"];

    private static readonly string[] Modified =
        ["article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "rnews:datemodified", "article:updated", "last_updated", "revised"];

    public static DatedBy? Find(HeadReader head, JsonLdArticle? json, PageScan scan, IReadOnlyList<NearLine> lines, Uri? address, DayOrder order, out DateTimeOffset? modified)
    {
        var (shown, changed) = VisibleDates.Find(lines, order);
        modified = PageDates.Parse(json?.Modified) ?? First(head, Modified) ?? OfProperty(scan, lines, "dateModified", order) ?? changed?.Instant;
        var inJson = By(PageDates.Parse(json?.Published), "json-ld");
        var first = json?.IsMedia == true ? null : inJson;
        DatedBy?[] declared = [first, By(First(head, Published), "meta"), By(OfProperty(scan, lines, "datePublished", order), "microdata"), By(OfTimes(scan, lines, order), "time"), inJson];
        var vague = By(First(head, Vague), "meta");
        if ((shown ?? OfAddress(address)) is { } seen)
            foreach (var date in declared.Append(vague))
                if (date is { } known && Agreed(known, seen) is { } agreed)
                    return agreed;
        return Array.Find(declared, date => date is not null) is { } best ? shown is { } other && AreExchanged(best, other) ? By(other.Instant, "text") : best
            : By(shown?.Instant, "text") ?? vague ?? By(UrlDates.Find(address), "url");
    }

    private static FoundDate? OfAddress(Uri? address) => UrlDates.Find(address) is { } day ? new FoundDate(day, 0, 0, HasTime: false, IsNamed: false) : null;

    // The date that the page shows decides between those that it declares, and tells the offset of a time in UTC: by its time of day, or by its
    // day, which is the nearest whole hour's that has it.
    private static DatedBy? Agreed(DatedBy declared, FoundDate shown)
    {
        var (at, seen) = (declared.At, shown.Instant);
        var ahead = seen.DateTime - at.UtcDateTime;
        var quarters = Math.Round(ahead.TotalMinutes / 15);
        if (at.Offset == TimeSpan.Zero && shown.HasTime && Math.Abs(ahead.TotalHours) <= 14 && Math.Abs(ahead.TotalMinutes - quarters * 15) < 1.01)
            return declared with { At = at.ToOffset(TimeSpan.FromMinutes(quarters * 15)) };
        if (at.Date == seen.Date)
            return declared;
        var hours = ahead > TimeSpan.Zero ? Math.Ceiling(ahead.TotalHours) : Math.Ceiling((ahead + TimeSpan.FromDays(1)).TotalHours) - 1;
        return at.Offset == TimeSpan.Zero && !shown.HasTime && hours is >= MostBehind and <= MostAhead && at.AddHours(hours).Date == seen.Date ? declared with { At = at.ToOffset(TimeSpan.FromHours(hours)) } : null;
    }

    // A declared date that is the shown one with day and month exchanged comes from a program that took one for the other; people would have
    // noticed the shown one.
    private static bool AreExchanged(DatedBy declared, FoundDate shown) =>
        shown.IsNamed && declared.At.Year == shown.Instant.Year && declared.At.Month == shown.Instant.Day && declared.At.Day == shown.Instant.Month && declared.At.Month != declared.At.Day;

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
            if (property.Name == name && PageDates.Parse(property.Value, order) is { } date && (IsAtTitle(lines, property.Block) || !IsElsewhere(property.Region)))
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

    // What stands right above or below the headline is the article's whatever its container is called.
    private static bool IsAtTitle(IReadOnlyList<NearLine> lines, int block)
    {
        foreach (var line in lines)
            if (line.At == block)
                return line is { Place: LinePlace.AboveTitle or LinePlace.BelowTitle, Distance: <= 2 };
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
