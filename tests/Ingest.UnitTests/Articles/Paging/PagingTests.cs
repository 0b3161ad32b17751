using System.Text;
using Ingest.Core.Articles;
using Ingest.Core.Articles.Paging;

namespace Ingest.UnitTests.Articles.Paging;

public sealed class PagingTests
{
    private const string Text = "The harbour board met on Tuesday, and the ferry will sail again from next week. ";

    [Theory]
    [InlineData("a part of the path", "/news/story/", "/news/story/2/", true)]
    [InlineData("the part after the second page", "/news/story/2", "/news/story/3", true)]
    [InlineData("a part with a word", "/news/story", "/news/story/page/2/", true)]
    [InlineData("a query", "/story?id=7", "/story?id=7&page=2", true)]
    [InlineData("the query of the second page", "/story?page=2", "/story?page=3", true)]
    [InlineData("a comma before the ending", "/news/story.html", "/news/story,2.html", true)]
    [InlineData("a word before the ending", "/news/story.html", "/news/story-seite-2.html", true)]
    [InlineData("a name that ends with a number of its own", "/news/top-10.html", "/news/top-10-2.html", true)]
    [InlineData("the next article", "/news/story", "/news/another-story", false)]
    [InlineData("the next article by number", "/news/41", "/news/43", false)]
    [InlineData("the page before", "/news/story/3", "/news/story/2", false)]
    [InlineData("the page after the next", "/news/story", "/news/story/3", false)]
    [InlineData("the second page of the section", "/news/story", "/news?page=2", false)]
    [InlineData("another host", "/news/story", "//other.example/news/story/2", false)]
    [InlineData("a year", "/news/story", "/news/story/2024", false)]
    public void Next_page_is_this_address_with_a_number_more(string reason, string page, string next, bool isNext)
    {
        foreach (var html in (string[])[$"<head><link rel=next href='{next}'></head><p>{Text}", $"<p>{Text}<div><a href='{page}'>1</a> <a href='{next}'>2</a></div>", $"<p>{Text}<p><a rel=next href='{next}'>More</a>"])
        {
            var url = new Uri($"https://news.example{page}");
            var links = Extract(html, url).Links;
            Assert.Equal(isNext ? new Uri(url, next) : null, links.Next);
        }
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Other_forms_of_the_page_are_told_also_where_it_has_no_article()
    {
        var outcome = Extract("<head><link rel=amphtml href=/amp/1><link rel=alternate media=print href=/print/1></head>", new Uri("https://news.example/1"));
        Assert.IsType<ExtractionOutcome.NoArticle>(outcome);
        Assert.Equal(new ArticleLinks(null, new Uri("https://news.example/amp/1"), new Uri("https://news.example/print/1")), outcome.Links);
    }

    [Fact]
    public void Joined_pages_are_one_text_whose_offsets_and_positions_hold()
    {
        var pages = new[] { "one", "two", "three" }.Select(name => ((ExtractionOutcome.Extracted)Extract($"<article><p>Page {name}. {Text}<p>Advertisement<p>{Text}Still {name}.</article>", new Uri("https://news.example/"))).Article).ToList();
        var article = ArticlePages.Join(pages, isCut: false);
        Assert.Equal(6, article.Paragraphs.Count);
        Assert.All(article.Paragraphs, p => Assert.Equal(p.Text, article.Text[p.Start..p.End]));
        Assert.Equal([1, 3, 5], article.Removed.Where(r => r.Kind == ResidueKind.Advertisement).Select(r => r.Position));
        Assert.Equal(pages.Sum(p => p.WordCount), article.WordCount);
        Assert.False(article.Quality.Truncated);
        Assert.True(ArticlePages.Join(pages[..1], isCut: true).Quality.Truncated);
    }

    private static ExtractionOutcome Extract(string html, Uri url) =>
        new ArticleExtractor().Extract(new PageInput(Encoding.UTF8.GetBytes(html), PageFormat.Html) { ContentType = "text/html; charset=utf-8", Url = url });
}
