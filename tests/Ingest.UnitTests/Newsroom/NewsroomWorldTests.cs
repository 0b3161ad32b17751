using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Ingest.Core.Articles;
using Ingest.Newsroom;
using Ingest.Newsroom.Designs;

namespace Ingest.UnitTests.Newsroom;

public sealed class NewsroomWorldTests
{
    private static readonly NewsWorld World = NewsWorld.Generate(new NewsroomOptions());

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 3)];

    [Fact]
    public void The_same_seed_gives_the_same_pages()
    {
        var again = NewsWorld.Generate(new NewsroomOptions());

        Assert.Equal(World.Articles.Select(a => NewsWorld.Render(a)), again.Articles.Select(a => NewsWorld.Render(a)));
    }

    [Fact]
    public void Another_seed_gives_other_articles()
    {
        var other = NewsWorld.Generate(new NewsroomOptions { Seed = 2 });

        Assert.Empty(World.Articles.SelectMany(a => a.Text).Intersect(other.Articles.SelectMany(a => a.Text).Where(line => line.Length > 100)));
    }

    [Fact]
    public void Every_design_format_and_language_is_there()
    {
        Assert.Equal(PageDesigns.Names.Order(), World.Sites.Select(s => s.Design).Order());
        Assert.Equal(["atom10", "json11", "rss10", "rss20"], World.Feeds.Select(f => f.Format).Distinct().Order());
        Assert.Equal(["de", "en", "es", "fr"], World.Sites.Select(s => s.Language[..2]).Distinct().Order());
        Assert.Contains(World.Feeds, f => f.FullText);
        Assert.Contains(World.Feeds, f => !f.FullText);
    }

    [Fact]
    public void Every_kind_of_residue_stands_marked_and_bare_in_some_body_in_every_language()
    {
        var kinds = Enum.GetValues<ResidueKind>().Select(kind => kind.WireName()).Where(kind => kind != "blank-run").Order().ToList();
        foreach (var language in World.Articles.GroupBy(a => a.Language[..2]))
        {
            var inBody = language.SelectMany(a => a.Residue).Where(r => r.InBody).ToList();
            Assert.Equal(kinds, inBody.Where(r => r.Marked).Select(r => r.Kind).Distinct().Order());
            Assert.Equal(kinds.Where(kind => kind != "hidden"), inBody.Where(r => !r.Marked).Select(r => r.Kind).Distinct().Order());
        }
    }

    [Fact]
    public void About_half_of_the_residue_in_bodies_is_bare()
    {
        var pieces = World.Articles.SelectMany(a => a.Residue).Where(r => r.InBody && !r.Hidden).ToList();

        Assert.InRange(pieces.Count(r => !r.Marked) / (double)pieces.Count, 0.35, 0.65);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_page_shows_its_true_lines_and_its_residue(int seed)
    {
        foreach (var article in NewsWorld.Generate(new NewsroomOptions { Seed = seed }).Articles)
        {
            var visible = PageText.Visible(Sent(article));
            foreach (var line in article.Text.Concat(article.Residue.Where(r => !r.Hidden).Select(r => r.Line)))
            {
                Assert.Contains(PageText.Flat(line), visible, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void True_lines_stand_in_their_order()
    {
        foreach (var article in World.Articles)
        {
            var visible = PageText.Visible(Sent(article));
            var at = 0;
            foreach (var line in article.Text)
            {
                at = visible.IndexOf(PageText.Flat(line), at, StringComparison.Ordinal);
                Assert.True(at >= 0, $"{article.Path}: {line}");
                at += line.Length;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_page_shows_nothing_that_the_truth_leaves_out(int seed)
    {
        foreach (var article in NewsWorld.Generate(new NewsroomOptions { Seed = seed }).Articles)
        {
            var rest = PageText.Visible(Sent(article));
            string[] known = [article.Title, article.Subtitle ?? "", .. article.Text, .. article.Residue.Select(r => r.Line)];
            foreach (var line in known.Where(line => line.Length > 0).OrderByDescending(line => line.Length))
            {
                rest = rest.Replace(PageText.Flat(line), "", StringComparison.Ordinal);
            }
            Assert.DoesNotContain(rest, char.IsLetterOrDigit);
        }
    }

    [Fact]
    public void Hidden_residue_is_in_the_page_and_not_to_be_seen()
    {
        foreach (var (article, residue) in World.Articles.SelectMany(a => a.Residue.Where(r => r.Hidden).Select(r => (a, r))))
        {
            Assert.Contains(Markup.Escape(residue.Line), NewsWorld.Render(article), StringComparison.Ordinal);
            Assert.DoesNotContain(residue.Line, PageText.Visible(Sent(article)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_of_a_page_is_text_or_one_kind_of_residue()
    {
        foreach (var article in World.Articles)
        {
            Assert.Empty(article.Text.Intersect(article.Residue.Select(r => r.Line)));
            Assert.All(article.Residue.GroupBy(r => r.Line), line => Assert.Single(line.Select(r => r.Kind).Distinct()));
        }
    }

    [Fact]
    public void No_line_of_text_is_written_twice()
    {
        var lines = World.Articles.SelectMany(a => a.Text).ToList();

        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    [Fact]
    public void Every_article_is_in_a_feed_and_some_are_in_two()
    {
        var listings = World.Feeds.SelectMany(f => f.Articles).GroupBy(a => a.Path).ToDictionary(g => g.Key, g => g.Count());

        Assert.All(World.Articles, a => Assert.True(listings[a.Path] >= 1));
        Assert.Contains(listings.Values, count => count == 2);
        Assert.All(World.Feeds, f => Assert.Equal(f.Articles.OrderByDescending(a => a.PublishedAt), f.Articles));
    }

    [Fact]
    public void Feeds_are_documents_of_their_format_with_the_text_where_it_is_full()
    {
        foreach (var feed in World.Feeds)
        {
            var text = Encoding.UTF8.GetString(NewsWorld.RenderBytes(feed).Body);
            var contents = feed.Format == "json11" ? ContentsOfJson(text) : ContentsOfXml(text);
            Assert.Equal(feed.FullText ? feed.Articles.Count : 0, contents.Count);
            foreach (var (article, content) in feed.Articles.Zip(contents))
            {
                var visible = PageText.Visible(content);
                Assert.All(article.Text, line => Assert.Contains(PageText.Flat(line), visible, StringComparison.Ordinal));
                Assert.Contains(article.FeedFooter, visible, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Addresses_are_unique_also_in_a_large_world()
    {
        var world = NewsWorld.Generate(new NewsroomOptions { ArticlesPerSite = 150 });

        Assert.Equal(1500, world.Articles.Select(a => a.Path).Distinct().Count());
    }

    [Fact]
    public void Credits_and_sources_are_those_that_the_page_names()
    {
        Assert.All(World.Articles, a => Assert.Equal(a.ImageCredit is not null, a.Residue.Any(r => r.Kind == "photo-credit")));
        Assert.All(World.Articles, a => Assert.Equal(a.Sources.Count > 0, a.Residue.Any(r => r.Kind == "source-list")));
        Assert.All(World.Articles, a => Assert.All(a.Sources, source => Assert.Contains(a.Residue, r => r.Kind == "source-list" && r.Line.Contains(source, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("block-theme")]
    [InlineData("tables-2003")]
    [InlineData("plain-divs")]
    public void Given_lines_can_be_put_into_a_design(string design)
    {
        string[] lines = ["The harbour opened at six.", "- First berth", "- Second berth", "Written by:", "23"];

        var visible = PageText.Visible(PageDesigns.Wrap(design, "Harbour opens", lines));

        Assert.Contains("Harbour opens", visible, StringComparison.Ordinal);
        Assert.DoesNotContain("- First", visible, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains(line.TrimStart('-', ' '), visible, StringComparison.Ordinal));
    }

    /// <summary>The page as its bytes tell it: what a charset cannot hold must not have been lost.</summary>
    private static string Sent(NewsArticle article)
    {
        var (body, contentType) = NewsWorld.RenderBytes(article);
        var encoding = contentType.Contains("utf-8", StringComparison.Ordinal) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        return encoding.GetString(body);
    }

    private static List<string> ContentsOfXml(string text) =>
        [.. XDocument.Parse(text).Descendants().Where(e => e.Name.LocalName is "encoded" or "content").Select(e => e.Value)];

    private static List<string> ContentsOfJson(string text) =>
    [
        .. JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray()
            .Where(item => item.TryGetProperty("content_html", out _)).Select(item => item.GetProperty("content_html").GetString()!),
    ];
}
