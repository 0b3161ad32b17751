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

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes[..random.Next(bytes.Length + 1)];
        for (var i = random.Next(20); i > 0 && damaged.Length > 0; i--)
            damaged[random.Next(damaged.Length)] = Breakers[random.Next(Breakers.Length)];
        return damaged;
    }

    private static void EndsSoon(string content, PageFormat format)
    {
        var watch = Stopwatch.StartNew();
        Assert.NotNull(Reading.Read(content, format));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
    }
}
