namespace Ingest.Core.Articles.SiteRules;

/// <summary>
/// What a team says of one site's pages where the extractor is wrong about them: the last resort. Of the lists the first selector that finds something counts; of
/// <see cref="Strip"/> all do.
/// </summary>
/// <param name="Host">The site, in lower case and without <c>www.</c>; its subdomains go by the same rules unless they have their own.</param>
public sealed record SiteRule(string Host)
{
    /// <summary>Stands where rules were followed: in the ledger, as the date's source, as the extractor.</summary>
    public const string Name = "site-rule";

    /// <summary>The elements that hold the article, all of a page's; cleaning goes on inside.</summary>
    public IReadOnlyList<Selector> Body { get; init; } = [];

    /// <summary>What is no part of the article, wherever it stands.</summary>
    public IReadOnlyList<Selector> Strip { get; init; } = [];
    public IReadOnlyList<Selector> Title { get; init; } = [];
    public IReadOnlyList<Selector> Author { get; init; } = [];
    public IReadOnlyList<Selector> Date { get; init; } = [];
}

/// <summary>The rules of all sites that have some.</summary>
public sealed class SiteRuleSet(IEnumerable<SiteRule> rules)
{
    private readonly Dictionary<string, SiteRule> _rules = rules.ToDictionary(rule => rule.Host, StringComparer.Ordinal);

    public static SiteRuleSet Empty { get; } = new([]);

    /// <summary>The rules of a page's host, else of the nearest domain around it; null when there are none.</summary>
    public SiteRule? For(Uri? page)
    {
        if (_rules.Count == 0 || page is not { IsAbsoluteUri: true })
            return null;
        for (var host = page.IdnHost.ToLowerInvariant(); host.Length > 0;)
        {
            if (_rules.TryGetValue(host, out var rule))
                return rule;
            var dot = host.IndexOf('.', StringComparison.Ordinal);
            host = dot < 0 ? "" : host[(dot + 1)..];
        }
        return null;
    }
}
