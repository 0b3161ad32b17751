using Ingest.Core.Articles.SiteRules;
using Ingest.Worker.SiteRules;

namespace Ingest.IntegrationTests.SiteRules;

public sealed class XPathSelectorsTests
{
    [Theory]
    [InlineData("//h1", "h1")]
    [InlineData("//*[@id='story']", "[id=\"story\"]")]
    [InlineData("//div[@class=\"a b\"]//p", "div[class=\"a b\"] p")]
    [InlineData("//div[@id='x']/div/p", "div[id=\"x\"] > div > p")]
    [InlineData("/html/body/div", "html > body > div")]
    [InlineData("//*", "*")]
    [InlineData("//div[contains(@class, 'story')]", "div[class*=\"story\"]")]
    [InlineData("//div[starts-with(@id,'post-')]", "div[id^=\"post-\"]")]
    [InlineData("//div[contains(concat(' ', normalize-space(@class), ' '), ' story ')]", "div[class~=\"story\"]")]
    [InlineData("//div[contains(concat(' ',@class,' '),' story ')]", "div[class~=\"story\"]")]
    [InlineData("//div[@itemprop and contains(@class,'x')]", "div[itemprop][class*=\"x\"]")]
    [InlineData("//div[@itemprop][@role='main']", "div[itemprop][role=\"main\"]")]
    [InlineData("//div[@id='a' or @id='b']/p", "div[id=\"a\"] > p, div[id=\"b\"] > p")]
    [InlineData("//div[@id='a|b'] | //section[@id=\"it's\"]", "div[id=\"a|b\"], section[id=\"it's\"]")]
    [InlineData("//div[@id='a']/p[2]", "div[id=\"a\"] > p:nth-of-type(2)")]
    [InlineData("//p[position()=1]", "p:nth-of-type(1)")]
    [InlineData("//meta[@property='og:title']/@content", "meta[property=\"og:title\"]")]
    [InlineData("//span[@class='by']/text()", "span[class=\"by\"]")]
    [InlineData(".//div[@id=\"x]y\"]", "div[id=\"x]y\"]")]
    public void Says_the_same_as_a_selector(string xpath, string expected)
    {
        var selector = XPathSelectors.Convert(xpath, out var why);
        Assert.Equal((expected, null), (selector, why));
        Assert.NotNull(Selector.TryParse(selector!, out _));
    }

    [Theory]
    [InlineData("//a[contains(text(), 'More')]", "[contains(text(), 'More')]")]
    [InlineData("//div[not(@class)]", "[not(@class)]")]
    [InlineData("//p[last()]", "[last()]")]
    [InlineData("//p[@class='x'][1]", "[1]")]
    [InlineData("//*[1]", "[1]")]
    [InlineData("(//div)[1]", "(//div)[1]")]
    [InlineData("//h2/following-sibling::p", "following-sibling::p")]
    [InlineData("//h2/..", "..")]
    [InlineData("//div[p]", "[p]")]
    [InlineData("//a/@href", "@href")]
    [InlineData("string(//h1)", "string(//h1)")]
    [InlineData("article", "article")]
    [InlineData("//div[@class='x", "[@class='x]")]
    [InlineData("", "")]
    public void Says_which_part_no_selector_says(string xpath, string part)
    {
        Assert.Null(XPathSelectors.Convert(xpath, out var why));
        Assert.Equal($"no selector says {part}", why);
    }

    [Fact]
    public void Any_text_is_a_selector_or_a_reason()
    {
        string[] pieces = ["/", "//", "div", "*", "[", "]", "@class", "='x'", "(", ")", " or ", " and ", "|", "'", "contains(", ",", "1", "."];
        var random = new Random(9);
        for (var round = 0; round < 5000; round++)
        {
            var selector = XPathSelectors.Convert(string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)])), out var why);
            Assert.True(selector is null == why is not null);
        }
    }
}
