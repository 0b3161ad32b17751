using Ingest.Newsroom.Residue;

namespace Ingest.Newsroom;

/// <summary>Writes the articles of one world in order, and remembers what has been said so that nothing is said twice.</summary>
internal sealed class Newsdesk(NewsroomOptions options)
{
    private static readonly TimeSpan PublishingGap = TimeSpan.FromMinutes(7);
    private readonly IReadOnlyList<SitePlan> _plans = SiteCatalog.Of(options.Designs);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly Wordings _wordings = new(options.Seed);
    private readonly Dictionary<string, List<NewsArticle>> _bySite = new(StringComparer.Ordinal);
    private DateTimeOffset _latest = options.Now;
    private int _next;

    /// <summary>The world at the start.</summary>
    public NewsWorld Opening()
    {
        foreach (var plan in _plans)
        {
            var times = PublishingTimes(plan.Site.Slug);
            foreach (var at in times)
            {
                Write(plan, at);
            }
        }
        return World([.. _plans.SelectMany(p => _bySite[p.Site.Slug])]);
    }

    /// <summary>The world with <paramref name="count"/> articles more, the sites taking turns.</summary>
    public NewsWorld Publish(NewsWorld world, int count)
    {
        var added = new List<NewsArticle>(count);
        for (var i = 0; i < count; i++)
        {
            _latest += PublishingGap;
            added.Add(Write(_plans[_next++ % _plans.Count], _latest));
        }
        return World([.. world.Articles, .. added]);
    }

    private NewsArticle Write(SitePlan plan, DateTimeOffset at)
    {
        if (!_bySite.TryGetValue(plan.Site.Slug, out var earlier))
        {
            _bySite[plan.Site.Slug] = earlier = [];
        }
        var article = new ArticleWriter(plan, options.Seed, earlier, _said, _wordings).Write(at);
        earlier.Add(article);
        return article;
    }

    private List<DateTimeOffset> PublishingTimes(string site)
    {
        var dice = new Dice(options.Seed, $"{site}/times");
        var times = new List<DateTimeOffset>();
        var at = options.Now;
        for (var i = 0; i < options.ArticlesPerSite; i++)
        {
            times.Insert(0, at);
            at -= TimeSpan.FromMinutes(dice.Between(25, 400));
        }
        return times;
    }

    private NewsWorld World(IReadOnlyList<NewsArticle> articles) =>
        new([.. _plans.Select(p => p.Site)], [.. _plans.SelectMany(FeedsOf)], articles);

    private IEnumerable<NewsFeed> FeedsOf(SitePlan plan)
    {
        var articles = _bySite.GetValueOrDefault(plan.Site.Slug) ?? [];
        return plan.Feeds.Select(feed => new NewsFeed(feed.Path, plan.Site, feed.Format, feed.FullText,
            [.. articles.AsEnumerable().Reverse().Take((int)Math.Ceiling(articles.Count * feed.Share))])
        {
            TracksLinks = feed.TracksLinks,
            Validators = feed.Validators,
        });
    }
}
