using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles.Output;

/// <summary>What becomes of markup in Markdown and HTML.</summary>
public sealed class ArticleFormsTests
{
    [Theory]
    [InlineData("links are made absolute", "<p>See <a href='../map?x=1&amp;y=2'>the new map</a> of the harbour, which was printed last week.</p>",
        "See [the new map](https://news.example/map?x=1\\&y=2) of the harbour, which was printed last week.",
        "<p>See <a href=\"https://news.example/map?x=1&amp;y=2\">the new map</a> of the harbour, which was printed last week.</p>")]
    [InlineData("letters may be written", "<p>Anybody who has seen the cat should write to <a href='mailto:cat@news.example'>the harbour master</a> at once, he said.</p>",
        "Anybody who has seen the cat should write to [the harbour master](mailto:cat@news.example) at once, he said.",
        "<p>Anybody who has seen the cat should write to <a href=\"mailto:cat@news.example\">the harbour master</a> at once, he said.</p>")]
    [InlineData("emphasis, also of parts of a link", "<p>The <i>Seagull</i> was <b>very <em>late</em></b>, says <a href='/log'>the <strong>log</strong></a> that the crew kept all day.</p>",
        "The *Seagull* was **very** ***late***, says [the **log**](https://news.example/log) that the crew kept all day.",
        "<p>The <em>Seagull</em> was <strong>very </strong><strong><em>late</em></strong>, says <a href=\"https://news.example/log\">the <strong>log</strong></a> that the crew kept all day.</p>")]
    [InlineData("emphasis that Markdown would not see is left out there", "<p>It was un<b>(believably)</b>late, even by the standards of this harbour, the oldest passenger said.</p>",
        "It was un(believably)late, even by the standards of this harbour, the oldest passenger said.",
        "<p>It was un<strong>(believably)</strong>late, even by the standards of this harbour, the oldest passenger said.</p>")]
    [InlineData("text that looks like markup stays text", "<p>*Not* _this_ [one] &lt;b&gt; &amp;amp; `that` a_b ~~c~~, the harbour master wrote in his letter.</p>",
        "\\*Not\\* \\_this\\_ \\[one\\] \\<b> \\&amp; \\`that\\` a_b \\~\\~c\\~\\~, the harbour master wrote in his letter.",
        "<p>*Not* _this_ [one] &lt;b&gt; &amp;amp; `that` a_b ~~c~~, the harbour master wrote in his letter.</p>")]
    [InlineData("a year at the beginning begins no list", "<p>1984. That was the year in which the harbour was built, and nobody has forgotten it since.</p>",
        "1984\\. That was the year in which the harbour was built, and nobody has forgotten it since.",
        "<p>1984. That was the year in which the harbour was built, and nobody has forgotten it since.</p>")]
    [InlineData("code", "<p>The gate opens when somebody types <code>open `gate` now</code> and waits for the green lamp over it.</p>",
        "The gate opens when somebody types ``open `gate` now`` and waits for the green lamp over it.",
        "<p>The gate opens when somebody types <code>open `gate` now</code> and waits for the green lamp over it.</p>")]
    [InlineData("lines whose spaces count", "<pre>if late:\n    wait(```)\n</pre>", "````\nif late:\n    wait(```)\n````", "<pre>if late:\n    wait(```)</pre>")]
    [InlineData("lists within lists", "<ol><li>Buy a ticket at the quay before noon.<ul><li>Children pay half of the price.</li><li>Dogs pay nothing at all.</li></ul></li><li>Wait for the bell to ring twice.</li></ol>",
        "1. Buy a ticket at the quay before noon.\n   - Children pay half of the price.\n   - Dogs pay nothing at all.\n2. Wait for the bell to ring twice.",
        "<ol>\n<li>Buy a ticket at the quay before noon.\n<ul>\n<li>Children pay half of the price.</li>\n<li>Dogs pay nothing at all.</li>\n</ul></li>\n<li>Wait for the bell to ring twice.</li>\n</ol>")]
    [InlineData("two lists are not one", "<ul><li>The first boat leaves at six in the morning.</li></ul><ul><li>The last boat leaves at ten in the evening.</li></ul>",
        "- The first boat leaves at six in the morning.\n\n* The last boat leaves at ten in the evening.",
        "<ul>\n<li>The first boat leaves at six in the morning.</li>\n</ul>\n<ul>\n<li>The last boat leaves at ten in the evening.</li>\n</ul>")]
    [InlineData("a quotation of two paragraphs", "<blockquote><p>We waited for two years, and nobody told us why.</p><p>Now we cross every single day, and we like it.</p></blockquote>",
        "> We waited for two years, and nobody told us why.\n>\n> Now we cross every single day, and we like it.",
        "<blockquote>\n<p>We waited for two years, and nobody told us why.</p>\n<p>Now we cross every single day, and we like it.</p>\n</blockquote>")]
    [InlineData("a table", "<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Seagull</td><td><b>120</b></td></tr><tr><td></td><td>a|b</td></tr></table>",
        "| Boat | Seats |\n| --- | --- |\n| Seagull | **120** |\n|  | a\\|b |",
        "<table>\n<tr><th>Boat</th><th>Seats</th></tr>\n<tr><td>Seagull</td><td><strong>120</strong></td></tr>\n<tr><td></td><td>a|b</td></tr>\n</table>")]
    [InlineData("headings have the levels 2 to 4", "<h3>What comes next</h3>", "### What comes next", "<h3>What comes next</h3>")]
    [InlineData("a heading that ends like Markdown's", "<h5><b>Why the ferry speaks C #</b></h5>", "#### Why the ferry speaks C \\#", "<h4>Why the ferry speaks C #</h4>")]
    [InlineData("pictures of the article, without what the ledger has", "<figure><img src='/p/boat_1.jpg' alt='Photo: somebody'><figcaption>A boat. Photo: Anna Berg</figcaption></figure>",
        "![](https://news.example/p/boat_1.jpg)", "<figure><img src=\"https://news.example/p/boat_1.jpg\" alt=\"\"></figure>")]
    [InlineData("wrappers show nothing", "<section><div class=x style='color:red' onclick='x()'><span>The captain, who had been at sea all week, waved to everybody.</span></div></section>",
        "The captain, who had been at sea all week, waved to everybody.", "<p>The captain, who had been at sea all week, waved to everybody.</p>")]
    public void Markup_is_written_anew(string reason, string markup, string markdown, string html)
    {
        var article = Reading.Forms($"<title>Ferry</title><article><p>{Reading.First}</p>{markup}<p>{Reading.Second}</p></article>");
        Assert.Equal($"{reason}: {Reading.First}\n\n{markdown}\n\n{Reading.Second}", $"{reason}: {article.Markdown}");
        Assert.Equal($"{reason}: <p>{Reading.First}</p>\n{html}\n<p>{Reading.Second}</p>", $"{reason}: {article.Html}");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("ftp://news.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[nonsense")]
    public void A_link_that_leads_nowhere_safe_is_its_words(string address)
    {
        var article = Reading.Forms($"<article><p>{Reading.First} See <a href='{address}'>this page</a> for more.</p><p>{Reading.Second}</p></article>");
        Assert.DoesNotContain("<a", article.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("](", article.Markdown, StringComparison.Ordinal);
        Assert.Contains("See this page for more.", article.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x.example/?\"><script>alert(1)</script>")]
    [InlineData("https://x.example/ onmouseover=alert(1)")]
    [InlineData(" java\tscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("//x.example/a\\\" onclick=\\\"b")]
    [InlineData("https://x.example/)<img src=x onerror=alert(1)>(")]
    public void An_address_cannot_break_out(string address)
    {
        var article = Reading.Forms($"<article><p>{Reading.First} See <a href='{address}'>this page</a> for more.</p><p>{Reading.Second}</p></article>");
        Assert.Empty(AllowList.Violations(article.Html!));
        Assert.Equal(FormWords.Of(article.Text), MarkdownWords.Of(article.Markdown!));
    }

    [Fact]
    public void Links_are_relative_to_what_the_page_says()
    {
        var article = Reading.Forms($"<head><base href='https://cdn.example/root/'></head><article><p>{Reading.First} See <a href='map'>the map</a>.</p><p>{Reading.Second}</p></article>");
        Assert.Contains("<a href=\"https://cdn.example/root/map\">", article.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_ledger_has_is_in_no_form()
    {
        var article = Reading.Forms($"<article><p>{Reading.First}</p><p>Read also: <a href='/x'>Seven boats that never came</a></p><p>{Reading.Second}</p><div class=share-bar>Share this</div></article>");
        Assert.Contains(article.Removed, removal => removal.Text.Contains("Seven boats", StringComparison.Ordinal));
        foreach (var form in (string[])[article.Markdown!, article.Html!])
        {
            Assert.DoesNotContain("Seven boats", form, StringComparison.Ordinal);
            Assert.DoesNotContain("Share", form, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_text_without_markup_has_its_lists_and_headings()
    {
        var article = Reading.Forms($"{Reading.First}\nWhat comes next\n{Reading.Second}\n- *One* boat\n- Two boats <again>\n{Reading.First}", PageFormat.PlainText);
        Assert.Equal($"{Reading.First}\n\n## What comes next\n\n{Reading.Second}\n\n- \\*One\\* boat\n- Two boats \\<again>\n\n{Reading.First}", article.Markdown);
        Assert.Equal($"<p>{Reading.First}</p>\n<h2>What comes next</h2>\n<p>{Reading.Second}</p>\n<ul>\n<li>*One* boat</li>\n<li>Two boats &lt;again&gt;</li>\n</ul>\n<p>{Reading.First}</p>", article.Html);
    }

    [Fact]
    public void A_list_around_the_whole_article_is_lay_out()
    {
        var article = Reading.Forms($"<body><ul><li><div class=article-body><p>{Reading.First}</p><p>{Reading.Second}</p></div></li></ul>");
        Assert.Equal($"<p>{Reading.First}</p>\n<p>{Reading.Second}</p>", article.Html);
    }

    [Fact]
    public void Nobody_gets_what_nobody_asked_for()
    {
        var outcome = Assert.IsType<ExtractionOutcome.Extracted>(Reading.Read($"<article><p>{Reading.First}</p><p>{Reading.Second}</p></article>", PageFormat.Html));
        Assert.Null(outcome.Article.Markdown);
        Assert.Null(outcome.Article.Html);
        Assert.Empty(outcome.Lines);
    }

    [Theory]
    [InlineData("a link around very many lines", "<a href='/", 1900, "'>", "<p>So it goes on, and on, in this harbour.</p>", 20_000)]
    [InlineData("quotations in quotations", "<blockquote>", 1, "", "<blockquote><p>So it goes on, and on, in this harbour.</p>", 400)]
    [InlineData("lists in lists", "<ul>", 1, "", "<li>So it goes on, and on, in this harbour.<ul>", 200)]
    public void No_form_grows_out_of_proportion(string reason, string open, int repeat, string close, string unit, int times)
    {
        var page = $"<article><p>{Reading.First}</p><p>{Reading.Second}</p>{open}{(repeat > 1 ? new string('x', repeat) : "")}{close}{string.Concat(Enumerable.Repeat(unit, times))}";
        var article = Reading.Forms(page);
        var most = 3 * article.Text.Length + 3_000_000;
        Assert.True(article.Markdown!.Length < most && article.Html!.Length < most, $"{reason}: {article.Markdown.Length}");
        Assert.Equal(FormWords.Of(article.Text), FormWords.OfHtml(article.Html));
    }

    [Fact]
    public void Headings_tell_their_level()
    {
        var article = Reading.Forms($"<article><p>{Reading.First}</p><h3>What comes next</h3><p>{Reading.Second}</p></article>");
        Assert.Equal([0, 3, 0], article.Paragraphs.Select(paragraph => paragraph.Level));
    }
}
