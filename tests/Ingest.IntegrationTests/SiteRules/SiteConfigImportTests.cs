using Ingest.Worker.SiteRules;

namespace Ingest.IntegrationTests.SiteRules;

public sealed class SiteConfigImportTests
{
    private const string Config = """
        # An invented site
        title: //h1[@class='head']
        body: //div[@id='story']
        body: //div[contains(@class,'it''s')]

        author: //a[contains(text(),'By')]
        date: //time/@datetime
        strip: //div[@data-promo='1']
        strip_id_or_class: related
        strip_image_src: /ads/
        prune: no
        next_page_link: //a[@rel='next']
        replace_string(<b>): <strong>
        test_contains: too early
        test_url: http://example.org/1
        test_contains: It's the harbour
        test_url: http://example.org/2
        tidy:
        """;

    [Fact]
    public void What_a_selector_can_say_is_taken_over_and_reads_back()
    {
        var (yaml, _) = SiteConfigImport.Convert("example.org.txt", Config);
        var file = SiteRuleYaml.Read("example.org.yaml", yaml!, out var errors);
        Assert.Empty(errors);
        Assert.Equal(["h1[class=\"head\"]"], file!.Rule.Title.Select(selector => selector.Text));
        Assert.Equal(["div[id=\"story\"]"], file.Rule.Body.Select(selector => selector.Text));
        Assert.Equal(["time"], file.Rule.Date.Select(selector => selector.Text));
        Assert.Equal(["[id*=\"related\"], [class*=\"related\"]", "img[src*=\"/ads/\"]"], file.Rule.Strip.Select(selector => selector.Text));
        Assert.Equal(["http://example.org/1", "http://example.org/2"], file.Tests.Select(test => test.Page));
        Assert.Equal(["It's the harbour"], file.Tests[0].MustContain);
    }

    [Fact]
    public void Every_line_that_is_left_is_told_with_its_number()
    {
        var (_, left) = SiteConfigImport.Convert("example.org.txt", Config);
        Assert.Equal(
            [
                "example.org.txt:4: body: no selector says [contains(@class,'it''s')]",
                "example.org.txt:6: author: no selector says [contains(text(),'By')]",
                "example.org.txt:8: strip: 'div[data-promo=\"1\"]': the attribute data-promo is none of those that are read (class, id, itemprop, role, rel, name, property, href …) (character 15)",
                "example.org.txt:11: prune: not supported",
                "example.org.txt:12: next_page_link: not supported",
                "example.org.txt:13: replace_string(<b>): not supported",
                "example.org.txt:14: test_contains: there is no test_url above it",
                "example.org.txt:18: tidy: it has no value",
            ], left);
    }

    [Fact]
    public void A_config_without_elements_is_none() => Assert.Null(SiteConfigImport.Convert("example.org.txt", "tidy: no\ntest_url: http://example.org/\n").Yaml);
}
