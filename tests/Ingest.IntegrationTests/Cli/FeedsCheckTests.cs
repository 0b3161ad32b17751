using System.Text.Json;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Cli;

/// <summary>The doctor for feeds, on sites that are well and sick.</summary>
public sealed class FeedsCheckTests
{
    [Fact]
    public async Task Each_step_of_a_poll_is_told_with_its_reason()
    {
        await using var site = await PlainSite.StartAsync();
        site.Refuse("/old", 301, ("Location", "/feed"));
        site.Put("/feed", "text/xml", $"<rss version='2.0'><channel><title>All & more</title><ttl>90</ttl><item><title>First</title><link>{site["/a"]}</link><pubDate>Sun, 22 Nov 2026 06:00:00 GMT</pubDate></item><item><title>Second</title><link>{site["/b/2"]}</link></item></channel></rss>", ("ETag", "\"v1\""), ("Cache-Control", "max-age=600"), ("Link", "<https://hub.example/>; rel=hub"));
        site.Put("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 2\nDisallow: /b/");

        var (result, check) = (await RunAsync(site, "/old"), JsonDocument.Parse((await RunAsync(site, "/old", "--json")).Output).RootElement);
        Assert.Equal(0, result.ExitCode);
        string[] told =
        [
            "HTTP 301 to /feed", "moved", "127.0.0.1", "ETag \"v1\"", "max-age=600", "Rss20, utf-8, malformed and mended", "2, 0 without a link, 1 without a date", "2026-11-22 06:00:00Z First",
            "0 of 2 entries carry their content", "forbids 1 of 2 pages, by line 3: Disallow: /b/; it asks for 2 s", "by the dates of its entries", "the publisher advises 01:30:00 (Ttl)", "https://hub.example/",
        ];
        foreach (var words in told) Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.Equal((2, 1, "01:30:00"), (check.GetProperty("feed").GetProperty("entries").GetInt32(), check.GetProperty("robots").GetProperty("refused").GetInt32(), check.GetProperty("advice").GetProperty("interval").GetString()));
        Assert.Equal(["/old", "/feed", "/robots.txt", "/old", "/feed", "/robots.txt"], site.Requests);
    }

    [Fact]
    public async Task A_page_is_no_feed_but_may_name_one()
    {
        await using var site = await PlainSite.StartAsync();
        site.Put("/", "text/html", "<link rel=alternate type='application/rss+xml' href='/all.rss'>");
        var result = await RunAsync(site, "/");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not a feed", result.Errors, StringComparison.Ordinal);
        Assert.Contains("/all.rss", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a status", "http://{site}/none", "HTTP 404")]
    [InlineData("a private address", "http://10.0.0.1/feed", "refused: not a public address")]
    [InlineData("a name that there is not", "http://nobody.invalid/feed", "not known to the name servers")]
    public async Task What_is_wrong_with_a_sick_feed_is_said(string why, string url, string says)
    {
        await using var site = await PlainSite.StartAsync();
        using var data = new TempFolder();
        var result = await WorkerProcess.RunAsync(["feeds", "check", url.Replace("{site}", site[""].Authority, StringComparison.Ordinal)], Settings(data, site));
        Assert.Equal((why, 1), (why, result.ExitCode));
        Assert.Contains(says, result.Output + result.Errors, StringComparison.Ordinal);
    }

    private static async Task<WorkerProcess.Result> RunAsync(PlainSite site, string path, params string[] options)
    {
        using var data = new TempFolder();
        return await WorkerProcess.RunAsync(["feeds", "check", site[path].AbsoluteUri, .. options], Settings(data, site));
    }

    private static (string, string)[] Settings(TempFolder data, PlainSite site) =>
        [("Storage:DataDir", data.Path), ("Fetching:HostDelay", "00:00:00"), ("Fetching:AllowedAddresses:0", site[""].Authority)];
}
