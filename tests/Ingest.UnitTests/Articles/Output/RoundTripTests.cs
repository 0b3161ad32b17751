using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Ingest.Core.Articles;
using Ingest.Core.Feeds.Markup;
using Ingest.Newsroom;

namespace Ingest.UnitTests.Articles.Output;

/// <summary>Every form tells the same words, of whole pages, broken ones, and pages made to break a writer.</summary>
public sealed partial class RoundTripTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<tt>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<blockquote>", "</blockquote>", "<table>", "</table>", "<tr>", "<td>", "<th>",
        "<h1>", "</h1>", "<h3>", "</h3>", "<pre>", "</pre>", "<br>", "</a>", "<a href='/x?a=1&b=(2)'>", "<a href='javascript:alert(1)'>", "<a href='https://e.example/a_b*c|d'>", "<a href='//h/&copy=1'>", "<a href='http://[bad'>",
        "<img src='/p_(1).jpg' alt='x'>", "<svg onload=alert(1)>", "<script>alert(1)</script>", "<style>p{}</style>", "<!-- x -->", "<p onclick=x style=y class=z id=w>", "<iframe src=//x>", "<math><mi>", "</article>",
        "*star* ", "_under_ ", "a_b ", "[x](y) ", "1. ", "2) ", "- ", "+ ", "# ", "> ", "&amp;lt; ", "&lt;script&gt; ", "`tick` ", "``two ", "~~~ ", "| ", "\\ ", "! ", "![", "**bold**", "--- ", "=== ", "&copy; ", "日本 ", "😀", "“q” ", "C# ", "\u0001", "x", "***",
        "and so the story went on, as the people of the town, who had waited, would tell later. ", "two words ", "\n",
    ];

    [Fact]
    public void Every_page_of_the_newsroom_tells_the_same_in_every_form()
    {
        foreach (var article in NewsWorld.Generate(new NewsroomOptions { ArticlesPerSite = 3 }).Articles) SaysTheSame(article.Path, NewsWorld.Render(article));
    }

    [Fact]
    public void Every_page_with_a_twentieth_of_its_end_tags_dropped_does_too()
    {
        foreach (var article in NewsWorld.Generate(new NewsroomOptions { ArticlesPerSite = 2 }).Articles)
        {
            var random = new Random(42);
            SaysTheSame(article.Path, EndTag().Replace(NewsWorld.Render(article), tag => random.NextDouble() < 0.05 ? "" : tag.Value));
        }
    }

    [Fact]
    public void Pages_made_of_what_is_hard_to_write_do_too()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var page = new StringBuilder("<title>t</title><body><article>");
            for (var i = random.Next(5, 200); i > 0; i--) page.Append(Pieces[random.Next(Pieces.Length)]);
            SaysTheSame($"seed {seed}", page.ToString());
        }
    }

    [Fact]
    public void Every_page_of_the_development_corpus_does_too()
    {
        var pages = RepositoryFolders.Shared("pages");
        if (!Directory.Exists(pages)) Assert.Skip("the development corpus is not here (../shared/pages)");
        foreach (var file in Directory.EnumerateFiles(pages, "*.html.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, at) => at % 8 == 0))
        {
            using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress));
            SaysTheSame(file, unpacked.ReadToEnd());
        }
    }

    private static void SaysTheSame(string name, string page)
    {
        if (Reading.AllForms.Extract(Reading.Page(page)) is not ExtractionOutcome.Extracted { Article: var article, Lines: var lines }) return;
        foreach (var paragraph in article.Paragraphs) Assert.Equal(paragraph.Text, article.Text[paragraph.Start..paragraph.End]);
        Assert.Equal(article.Text, string.Join('\n', article.Paragraphs.Select(paragraph => paragraph.Text)));
        var words = FormWords.Of(article.Text);
        Assert.Equal($"{name}: {words}", $"{name}: {FormWords.OfHtml(article.Html!)}");
        Assert.Equal($"{name}: {words}", $"{name}: {MarkdownWords.Of(article.Markdown!)}");
        Assert.Empty(AllowList.Violations(article.Html!));
        // What is allowed here is allowed in feeds.
        Assert.Equal(Tree(article.Html!), Tree(HtmlFragment.Sanitize(article.Html!, baseUrl: null)));
        Assert.Equal(words, FormWords.Of(string.Join('\n', lines.Where(line => line.Fate == LineFate.Kept).Select(line => line.Text))));
        Assert.Equal(article.Removed.Select(removal => (removal.Kind, removal.Text)), lines.Where(line => line.Fate == LineFate.Removed).Select(line => (line.Kind!.Value, line.Text)));
    }

    private static string Tree(string html) => new HtmlParser().ParseDocument(html).Body!.InnerHtml;

    [GeneratedRegex("</[a-z0-9]+>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EndTag();
}
