using Ingest.Worker.SiteRules;

namespace Ingest.IntegrationTests.SiteRules;

public sealed class SiteRuleYamlTests
{
    private const string Whole = """
        # The ticker's pages have no article element.
        body: ["#story", .story]
        strip: .promo, .tip
        title: h1
        author: .by
        date: time
        tests:
          - page: https://example.org/1
            must-contain: The harbour
            must-not-contain:
              - Buy now
              - 'Cookies: yes'
          - page: saved.html
        """;

    [Fact]
    public void Reads_what_a_person_would_write()
    {
        var file = SiteRuleYaml.Read("rules/www.Example.org.yaml", Whole, out var errors);
        Assert.Empty(errors);
        Assert.Equal("example.org", file!.Rule.Host);
        Assert.Equal(["#story", ".story"], file.Rule.Body.Select(selector => selector.Text));
        Assert.Equal(".promo, .tip", Assert.Single(file.Rule.Strip).Text);
        Assert.Equal(["https://example.org/1", "saved.html"], file.Tests.Select(test => test.Page));
        Assert.Equal(["The harbour"], file.Tests[0].MustContain);
        Assert.Equal(["Buy now", "Cookies: yes"], file.Tests[0].MustNotContain);
    }

    [Theory]
    [InlineData("a misspelt key", "body: p\nstripp: a\n", ":2: there is no key 'stripp' here")]
    [InlineData("a selector that is none", "title: h1\nbody:\n  - p\n  - 'div['\n", ":4: body: 'div[': an attribute's name is missing")]
    [InlineData("YAML that is none", "body: [p\ntitle: h1\n", "is a bracket not closed?")]
    [InlineData("a list of keys", "- body: p\n", "it has to be one document of keys and values")]
    [InlineData("nothing", "", "it has to be one document of keys and values")]
    [InlineData("a key of a test", "tests:\n  - page: x\n    contains: y\n", ":3: there is no key 'contains' here (page, must-contain, must-not-contain)")]
    [InlineData("a test without a page", "tests:\n  - must-contain: y\n", ":2: tests: each needs a page")]
    [InlineData("tests that are no list", "tests: x\n", ":1: tests: this has to be a list")]
    [InlineData("a text that is none", "body: { p: q }\n", ":1: body: this has to be a text or a list of texts")]
    public void Errors_have_their_line(string reason, string yaml, string says)
    {
        Assert.Null(SiteRuleYaml.Read("bad.org.yaml", yaml, out var errors));
        Assert.True(errors.Any(error => error.StartsWith("bad.org.yaml", StringComparison.Ordinal) && error.Contains(says, StringComparison.Ordinal)), $"{reason}: {string.Join("; ", errors)}");
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        SiteRuleYaml.Read("bad org.yaml", "body: 'a['\nstrip: 'b['\nx: y\n", out var errors);
        Assert.Equal(4, errors.Count);
    }
}
