using System.Text;
using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

/// <summary>Shorthands to read a text or a page in a test.</summary>
internal static class Reading
{
    /// <summary>Two paragraphs that no rule has a reason to touch, in which a line under test can stand before, between and after.</summary>
    public const string First = "The harbour town opened its new ferry terminal on Tuesday, two years later than planned and well over budget, officials said.";
    public const string Second = "Residents had waited for the crossing since the old bridge was closed, and many of them came to watch the first boat leave the quay.";

    public static readonly ArticleExtractor AllForms = new(forms: ArticleForms.Markdown | ArticleForms.Html | ArticleForms.Lines);

    public static CleanArticle Text(string text) => Article(Read(text, PageFormat.PlainText));

    public static CleanArticle Html(string html) => Article(Read(html, PageFormat.Html));

    /// <summary>The article of a page with everything an extractor can make of it.</summary>
    public static CleanArticle Forms(string content, PageFormat format = PageFormat.Html) => Article(AllForms.Extract(Page(content, format)));

    public static ExtractionOutcome Read(string content, PageFormat format) =>
        new ArticleExtractor().Extract(Page(content, format));

    public static PageInput Page(string content, PageFormat format = PageFormat.Html) => new(Encoding.UTF8.GetBytes(content), format)
    {
        ContentType = "text/html; charset=utf-8",
        Url = new Uri("https://news.example/2024/ferry"),
    };

    private static CleanArticle Article(ExtractionOutcome outcome) => Assert.IsType<ExtractionOutcome.Extracted>(outcome).Article;
}
