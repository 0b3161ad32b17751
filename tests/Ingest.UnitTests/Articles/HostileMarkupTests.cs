using System.Diagnostics;
using System.Text;
using Ingest.Core.Articles;

namespace Ingest.UnitTests.Articles;

public sealed class HostileMarkupTests
{
    private static readonly byte[] Breakers = [.. "<>/\"'&;= {}[]"u8, 0, 0xFF];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<b a=#>")]
    [InlineData("<a>")]
    [InlineData("<font size=#>")]
    [InlineData("<b><a><div>")]
    [InlineData("<b a=#><p>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<table>")]
    [InlineData("<table><b>x")]
    [InlineData("<svg><g>")]
    [InlineData("<math><mi>")]
    [InlineData("<template>")]
    [InlineData("<select><optgroup><option>")]
    [InlineData("<ul><li>")]
    [InlineData("<dl><dd>")]
    [InlineData("<ruby><rt>")]
    [InlineData("<x-y/>")]
    [InlineData("<p>x")]
    [InlineData("<p>x<div></p>")]
    [InlineData("<b><div></b>")]
    [InlineData("<span><div></span>")]
    [InlineData("<div><table><tr><td></div>")]
    [InlineData("</p>")]
    [InlineData("<h1>Share</h1>")]
    [InlineData("<a href=#>x</a> ")]
    [InlineData("<article itemprop=articleBody><p>One, two, three, and so on. ")]
    [InlineData("<frameset>")]
    [InlineData("<br>")]
    [InlineData("<li>Read also: x")]
    [InlineData("<script type=application/ld+json>{\"a\":[")]
    public void A_hundred_thousand_of_them_end_soon_and_quietly(string unit)
    {
        var page = new StringBuilder("<title>x</title><body>");
        for (var i = 0; i < 100_000; i++)
            page.Append(unit.Contains('#', StringComparison.Ordinal) ? unit.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) : unit);
        EndsSoon(page.Append("text").ToString(), PageFormat.Html);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"@graph\":[")]
    public void Deep_json_is_no_article(string unit) =>
        EndsSoon($"<script type='application/ld+json'>{string.Concat(Enumerable.Repeat(unit, 50_000))}</script><p>{Reading.First}</p>", PageFormat.Html);

    [Theory]
    [InlineData("Tags:\n")]
    [InlineData("Related\n")]
    [InlineData("23\n")]
    [InlineData("x ")]
    [InlineData("Sources\n- a\n")]
    [InlineData("Leave a Reply\nName\n")]
    public void Long_plain_texts_end_soon(string unit) => EndsSoon(string.Concat(Enumerable.Repeat(unit, 100_000)), PageFormat.PlainText);

    [Fact]
    public void Bytes_that_are_no_text_are_said_to_be_none()
    {
        var picture = new byte[4000];
        new Random(7).NextBytes(picture);
        picture.AsSpan(0, 100).Clear();
        var outcome = new ArticleExtractor().Extract(new PageInput(picture, PageFormat.Html));
        Assert.Equal(new ExtractionOutcome.NoArticle(NoArticleReason.NotText), outcome);
    }

    [Fact]
    public void A_page_beyond_the_limit_is_refused()
    {
        var small = new ArticleExtractor(new ExtractionLimits { MaxCharacters = 100 });
        var outcome = small.Extract(new PageInput(Encoding.UTF8.GetBytes(Reading.First + Reading.Second), PageFormat.PlainText));
        Assert.Equal(new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits), outcome);
    }

    [Fact]
    public void Truncated_and_mutated_pages_never_throw()
    {
        foreach (var file in ArticleFixtures.Inputs())
        {
            var bytes = File.ReadAllBytes(file);
            var format = file.EndsWith(".txt", StringComparison.Ordinal) ? PageFormat.PlainText : PageFormat.Html;
            var random = new Random(bytes.Length);
            for (var round = 0; round < 60; round++)
                Assert.NotNull(new ArticleExtractor().Extract(new PageInput(Damage(bytes, random), format)));
        }
    }

    [Fact]
    public void Every_page_of_the_development_corpus_truncated_and_mutated_never_throws()
    {
        var pages = RepositoryFolders.Shared("pages");
        if (!Directory.Exists(pages)) Assert.Skip("the development corpus is not here (../shared/pages)");
        foreach (var file in Directory.EnumerateFiles(pages, "*.html.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var unpacked = new MemoryStream();
            using (var packed = new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress)) packed.CopyTo(unpacked);
            Assert.NotNull(Reading.AllForms.Extract(new PageInput(Damage(unpacked.ToArray(), new Random((int)unpacked.Length)), PageFormat.Html) { Url = new Uri("https://news.example/story") }));
        }
    }

    [Theory]
    [InlineData("two hundred thousand attributes on one element", "<p ", "a#=# ", ">text", 200_000)]
    [InlineData("two hundred thousand classes in one attribute", "<div class='", "c# ", "'>text", 200_000)]
    [InlineData("an attribute of millions of characters", "<a href='", "xxxxxxxxxx", "'>text</a>", 800_000)]
    [InlineData("NULs", "<p>", "\0\0a\0", "</p>", 300_000)]
    [InlineData("lone surrogates", "<p>", "\uD83D \uDE00 ", "</p>", 300_000)]
    [InlineData("a text of millions of characters", "<p>", "One, two, three, and so on. ", "</p>", 300_000)]
    [InlineData("paragraphs of millions of characters", "", "<p>One, two, three, and so on, until the end of the day. ", "", 150_000)]
    public void Pages_of_millions_of_characters_end_soon(string reason, string start, string unit, string end, int times)
    {
        var page = new StringBuilder("<title>x</title><body>").Append(start);
        for (var i = 0; i < times; i++) page.Append(unit.Contains('#', StringComparison.Ordinal) ? unit.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) : unit);
        EndsSoon(page.Append(end).ToString(), PageFormat.Html);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Twenty_megabytes_are_too_much()
    {
        var outcome = new ArticleExtractor().Extract(new PageInput(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>One, two. ", 1_700_000))), PageFormat.Html));
        Assert.Equal(new ExtractionOutcome.NoArticle(NoArticleReason.BeyondLimits), outcome);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes[..random.Next(bytes.Length + 1)];
        for (var i = random.Next(20); i > 0 && damaged.Length > 0; i--)
            damaged[random.Next(damaged.Length)] = Breakers[random.Next(Breakers.Length)];
        return damaged;
    }

    private static void EndsSoon(string content, PageFormat format)
    {
        // Another process may have the machine for a while: one time of three counts.
        var least = TimeSpan.MaxValue;
        for (var time = 0; time < 3 && least >= Patience; time++)
        {
            var begun = Stopwatch.GetTimestamp();
            Assert.NotNull(Reading.Read(content, format));
            if (Stopwatch.GetElapsedTime(begun) is var took && took < least) least = took;
        }
        Assert.InRange(least, TimeSpan.Zero, Patience);
    }
}
