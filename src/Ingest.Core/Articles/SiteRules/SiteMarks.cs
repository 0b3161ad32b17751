using Ingest.Core.Articles.Markup;
using Ingest.Core.Articles.Metadata;

namespace Ingest.Core.Articles.SiteRules;

/// <summary>What a site's rules say of one page: found in one walk over its tree before anything else looks at it.</summary>
internal sealed class SiteMarks
{
    private readonly HashSet<LeanElement> _bodies;
    private readonly HashSet<LeanElement> _strips;

    private SiteMarks(SelectorMatches bodies, SelectorMatches strips) => (_bodies, _strips) = ([.. bodies.First], [.. strips.All]);

    public string? Title { get; private init; }

    private string? Author { get; init; }

    private string? Date { get; init; }

    /// <param name="rule">The site's rules.</param>
    /// <param name="document">The page.</param>
    public static SiteMarks Find(SiteRule rule, LeanDocument document)
    {
        SelectorMatches bodies = new(rule.Body), strips = new(rule.Strip), titles = new(rule.Title), authors = new(rule.Author), dates = new(rule.Date);
        SelectorWalk.Over(document, [bodies, strips, titles, authors, dates]);
        return new SiteMarks(bodies, strips) { Title = titles.Value(), Author = authors.Value(), Date = dates.Value() };
    }

    public bool Cuts(LeanElement element) => _strips.Contains(element);

    /// <summary>The element is the article's body, and stands in no other that is.</summary>
    public bool Chooses(LeanElement element)
    {
        if (!_bodies.Contains(element))
            return false;
        for (var at = element.Parent; at is not null; at = at.Parent)
            if (at is LeanElement outer && _bodies.Contains(outer))
                return false;
        return true;
    }

    /// <summary>The page's own words give way to what the rules found.</summary>
    public PageMetadata Apply(PageMetadata page)
    {
        var authors = Author is null ? [] : Names.Read(Author, isField: true);
        var date = PageDates.Parse(Date, MetadataReader.OrderIn(page.Language));
        return page with
        {
            Titles = Title is null ? page.Titles : [Title, .. page.Titles.Where(title => title != Title)],
            Authors = authors.Count > 0 ? [.. authors.Select(name => name.Text)] : page.Authors,
            PublishedAt = date ?? page.PublishedAt,
            PublishedAtSource = date is null ? page.PublishedAtSource : SiteRule.Name,
        };
    }
}
