using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.UnitTests.Articles.SiteRules;

public sealed class SiteRuleTests
{
    private const string Page = $"""
        <title>Site</title><h1>The wrong headline of a page about ferries</h1><p class=who>Somebody Else</p>
        <div class=story><p>{Reading.First}</p><p>Before <span class=tip>hint of the day</span> after, the harbour master told us in a long letter.</p><div class=promo><p>Buy a ferry now.</p><p>Cheap.</p></div></div>
        <div class=other><p>{Reading.Second}</p><p>{Reading.Second}</p><p>{Reading.Second}</p></div>
        <div class=story><h3>Later</h3><p>The bell of the new terminal rang twice, and everybody on the quay went aboard without a word.</p></div>
        <b class=head>Ferries are late again</b><i class=by>Anna Berg</i><u class=day>3 March 2024</u>
        """;

    [Fact]
    public void A_body_is_what_the_rules_call_it_and_cleaning_goes_on_inside()
    {
        var article = Extract(Page, new SiteRule("news.example") { Body = Selectors(".nowhere", ".story"), Strip = Selectors(".promo, .tip") });
        Assert.Equal([Reading.First, "Before after, the harbour master told us in a long letter.", "Later", "The bell of the new terminal rang twice, and everybody on the quay went aboard without a word."],
            article.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal([(1, "hint of the day"), (2, "Buy a ferry now. Cheap.")],
            article.Removed.Where(removal => removal is { Kind: ResidueKind.SiteTemplate, Rule: "site-rule" }).Select(removal => (removal.Position, removal.Text)));
        Assert.DoesNotContain("ferry now", article.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("hint", article.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Title_author_and_date_are_what_the_rules_find()
    {
        var article = Extract(Page, new SiteRule("news.example") { Title = Selectors("b.head"), Author = Selectors(".nobody", ".by"), Date = Selectors(".day") });
        Assert.Equal("Ferries are late again", article.Title);
        Assert.Equal(["Anna Berg"], article.Authors);
        Assert.Equal((new DateTimeOffset(2024, 3, 3, 0, 0, 0, TimeSpan.Zero), "site-rule"), (article.PublishedAt, article.PublishedAtSource));
    }

    [Fact]
    public void Rules_that_find_nothing_change_nothing()
    {
        var rule = new SiteRule("news.example") { Body = Selectors(".none"), Strip = Selectors(".none"), Title = Selectors(".none"), Author = Selectors(".none"), Date = Selectors(".none") };
        var (with, without) = (Extract(Page, rule), Reading.Forms(Page));
        Assert.Equal((without.Text, without.Html, without.Title, without.PublishedAt), (with.Text, with.Html, with.Title, with.PublishedAt));
    }

    [Fact]
    public void The_whole_body_may_be_chosen_and_choices_within_choices_count_once()
    {
        var whole = Extract(Page, new SiteRule("news.example") { Body = Selectors("body") });
        Assert.Contains(Reading.First, whole.Text, StringComparison.Ordinal);
        Assert.Contains(Reading.Second, whole.Text, StringComparison.Ordinal);
        var nested = Extract($"<div class=x><p class=x>{Reading.First}</p><p>{Reading.Second}</p></div>", new SiteRule("news.example") { Body = Selectors(".x") });
        Assert.Equal($"{Reading.First}\n{Reading.Second}", nested.Text);
    }

    [Theory]
    [InlineData("https://example.org/a", "example.org")]
    [InlineData("https://www.example.org/a", "example.org")]
    [InlineData("https://NEWS.example.org:8443/a", "news.example.org")]
    [InlineData("https://live.news.example.org/a", "news.example.org")]
    [InlineData("https://other.example.org/a", "example.org")]
    [InlineData("https://notexample.org/a", null)]
    [InlineData("https://org/a", null)]
    public void A_host_without_rules_goes_by_those_of_the_domain_around_it(string page, string? host)
    {
        var rules = new SiteRuleSet([new SiteRule("example.org"), new SiteRule("news.example.org")]);
        Assert.Equal(host, rules.For(new Uri(page))?.Host);
    }

    private static Selector[] Selectors(params string[] texts) => [.. texts.Select(text => Selector.TryParse(text, out var error) ?? throw new ArgumentException(error))];

    private static CleanArticle Extract(string page, SiteRule rule) =>
        Assert.IsType<ExtractionOutcome.Extracted>(new ArticleExtractor(forms: ArticleForms.Markdown | ArticleForms.Html, rules: new SiteRuleSet([rule])).Extract(Reading.Page(page))).Article;
}
