using Ingest.Core.Feeds.Xml;

namespace Ingest.Core.Feeds.Formats;

/// <summary>Links in either form: text (RSS) or attributes (Atom), which feeds mix.</summary>
internal static class FeedLinks
{
    private const string Iana = "http://www.iana.org/assignments/relation/";

    public static void Read(XmlElement element, ItemBuilder item)
    {
        var reference = element["href"] ?? element["url"] ?? element.Attribute(FeedNamespace.Rdf, "resource");
        var isElement = reference is not null || element["rel"] is not null;
        reference ??= FeedTexts.Simple(element);
        var rel = element["rel"]?.ToLowerInvariant() ?? "alternate";
        rel = rel.StartsWith(Iana, StringComparison.Ordinal) ? rel[Iana.Length..] : rel;
        var type = element["type"] ?? (isElement && rel == "self" ? "application/atom+xml" : isElement && rel == "alternate" ? "text/html" : null);
        var href = FeedUrls.ResolveText(element.Scope.Base, reference);
        if (href is null && !isElement)
        {
            return;
        }

        item.AddLink(new FeedLink(href, rel, type, element["hreflang"], element["title"], element["length"]));
        if (item is EntryBuilder entry && href is not null)
        {
            Apply(entry, rel, href, element);
        }
    }

    private static void Apply(EntryBuilder entry, string rel, string href, XmlElement element)
    {
        switch (rel)
        {
            case "enclosure":
                entry.AddEnclosure(href, element["type"], element["length"]);
                break;
            case "replies" when element["type"] is "text/html" or "application/xhtml+xml":
                entry.Comments ??= href;
                break;
            case "license":
                entry.License.Offer(href, Rank.Own);
                break;
            case "image":
                entry.Image.Offer(new FeedImage(href), Rank.Special);
                break;
        }
    }
}
