using System.Globalization;

namespace Ingest.Newsroom.Designs;

/// <summary>What a template can ask of a page, beside the kinds of residue.</summary>
internal static class TemplateSlots
{
    public const string Body = "body";

    /// <summary>Values, which are escaped, and joined with commas where the template says nothing else; none where the page does not know.</summary>
    public static IReadOnlyDictionary<string, Func<Page, IReadOnlyList<string?>>> Lines { get; } = new Dictionary<string, Func<Page, IReadOnlyList<string?>>>(StringComparer.Ordinal)
    {
        ["title"] = page => [page.Title],
        ["site"] = page => [page.SiteName],
        ["subtitle"] = page => [page.Subtitle],
        ["summary"] = page => [page.Summary],
        ["section"] = page => [page.Section],
        ["authors"] = page => page.Authors,
        ["tags"] = page => page.Tags,
        ["language"] = page => [page.Language],
        ["dir"] = page => [page.Language[..2] is "ar" or "fa" or "he" or "ur" ? "rtl" : "ltr"],
        ["url"] = page => [page.Url?.AbsoluteUri],
        ["image"] = page => [page.Image?.AbsoluteUri],
        ["iso"] = page => [Metadata.Iso(page.PublishedAt)],
        ["day"] = page => [page.PublishedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        ["id"] = page => [((uint)Dice.StableHash(page.Title) % 1_000_000).ToString(CultureInfo.InvariantCulture)],
    };

    /// <summary>Whole elements.</summary>
    public static IReadOnlyDictionary<string, Func<Page, string>> Markup { get; } = new Dictionary<string, Func<Page, string>>(StringComparer.Ordinal)
    {
        ["canonical"] = Metadata.Canonical,
        ["open-graph"] = Metadata.OpenGraph,
        ["named"] = Metadata.Named,
        ["json-ld"] = page => Metadata.JsonLd(page, asGraph: false),
        ["json-ld-graph"] = page => Metadata.JsonLd(page, asGraph: true),
        ["json-ld-array"] = Metadata.JsonLdArray,
        ["state"] = Metadata.State,
    };

    public static bool Knows(string slot, bool withMarkup) => Lines.ContainsKey(slot) || (!withMarkup && (slot == Body || Markup.ContainsKey(slot)));
}
