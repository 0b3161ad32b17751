using System.Text;
using Ingest.Core.Articles;
using Ingest.Core.Articles.SiteRules;

namespace Ingest.UnitTests.Articles.SiteRules;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("a tag", "p", "12")]
    [InlineData("a tag in capitals", "P", "12")]
    [InlineData("a class among others", ".two", "2")]
    [InlineData("half a class is none", ".tw", "")]
    [InlineData("an id", "#d", "d")]
    [InlineData("several conditions", "p.two.x[lang=en]", "2")]
    [InlineData("an attribute", "[itemprop]", "d")]
    [InlineData("a quoted value", "[itemprop='the text']", "d")]
    [InlineData("a beginning", "div[itemprop^=the]", "d")]
    [InlineData("an end", "div[itemprop$=text]", "d")]
    [InlineData("a piece", "div[itemprop*='e t']", "d")]
    [InlineData("a word", "div[itemprop~=text]", "d")]
    [InlineData("no empty piece", "div[itemprop*='']", "")]
    [InlineData("inside of", "div p", "12")]
    [InlineData("inside of, far away", "body b", "3")]
    [InlineData("directly inside of", "div > p", "12")]
    [InlineData("directly means directly", "div > b", "")]
    [InlineData("both", "body div > p > b", "3")]
    [InlineData("alternatives, in the page's order", "b, p.two", "23")]
    [InlineData("anything", "div > *", "12")]
    [InlineData("the first of its kind", "div p:first-of-type", "1")]
    [InlineData("the second of its kind", "p:nth-of-type(2)", "2")]
    [InlineData("a step that stands in itself", "div div", "")]
    public void Finds_what_css_would_find(string reason, string selector, string expected)
    {
        const string Page = "<body><div id=d itemprop='the text'><p id=1 class=one>x</p><p id=2 class='two x' lang=en>y <b id=3>z</b></p></div>";
        Assert.Equal($"{reason}: {expected}", $"{reason}: {Found(selector, Page)}");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("div >", "missing at the end")]
    [InlineData("div[", "an attribute's name is missing (character 5)")]
    [InlineData("div[class", "']' is missing")]
    [InlineData("div[class='x]", "a closing ' is missing")]
    [InlineData("a,", "behind the comma")]
    [InlineData(",a", "','")]
    [InlineData("p:hover", ":first-of-type")]
    [InlineData("p:nth-of-type(0)", "a number from 1")]
    [InlineData("p:nth-of-type(2n)", "a number from 1")]
    [InlineData("a + b", "'+'")]
    [InlineData("//div", "'/'")]
    [InlineData("div..x", "a class is missing")]
    [InlineData("div[data-x=y]", "the attribute data-x is none of those that are read")]
    public void Says_what_is_wrong_and_where(string text, string says)
    {
        Assert.Null(Selector.TryParse(text, out var error));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_selector_or_an_error()
    {
        const string Signs = "ab#.[]=^$*~'\" >,:()nth-of-type1";
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Signs[random.Next(Signs.Length)]));
            Assert.True(Selector.TryParse(text, out var error) is null == error is not null, text);
        }
    }

    // Steps that end anywhere above would be tried in every combination by a matcher that goes back.
    [Fact]
    public void A_deep_page_costs_elements_by_steps()
    {
        var page = new StringBuilder("<body>");
        for (var i = 0; i < 400; i++) page.Append("<div>");
        Assert.Equal("", Found($"i {string.Concat(Enumerable.Repeat("div ", 30))}p", page.Append("<p id=x>y").ToString()));
    }

    private static string Found(string text, string page)
    {
        var selector = Selector.TryParse(text, out var error) ?? throw new ArgumentException(error, nameof(text));
        var rule = new SiteRule("x") { Body = [selector] };
        using var document = new Core.Articles.Markup.HtmlReader(new ExtractionLimits()).Read(page.AsMemory())!;
        var matches = new SelectorMatches(rule.Body);
        SelectorWalk.Over(document, [matches]);
        return string.Concat(matches.All.Select(element => element[Core.Articles.Markup.AttributeKey.Id].ToString()));
    }
}
