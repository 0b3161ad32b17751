using Ingest.IntegrationTests.Fetching;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Flow;

/// <summary>Articles on several pages, and pages that have next to nothing but name another form of themselves.</summary>
public sealed class FurtherPagesTests
{
    private const string Sentence = "The harbour board met on Tuesday evening, and the ferry to the islands will sail again from next week, said the harbour master. ";

    private static readonly (string, string) Loopback = ("Fetching:AllowedAddresses:1", "127.0.0.0/8");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_follow_are_joined_up_to_the_limit()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await Workshop.OpenAsync(null, ("Articles:MaxPages", "3"), Loopback);
        for (var page = 1; page <= 5; page++) site.Text(page == 1 ? "/story" : $"/story/{page}", Page($"Part {page}. ", $"<a href=/story/{page + 1}>{page + 1}</a>"));
        var data = await IngestAsync(site, workshop);
        Assert.Contains("Part 3. ", data, StringComparison.Ordinal);
        Assert.DoesNotContain("Part 4. ", data, StringComparison.Ordinal);
        Assert.Contains("\"truncated\":true", data, StringComparison.Ordinal);
        Assert.Equal(0, site.Count("/story/4"));
    }

    [Fact]
    public async Task A_page_that_is_away_for_the_moment_is_waited_for()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await Workshop.OpenAsync(null, Loopback);
        site.Text("/story", Page("Part 1. ", "<a href=/story/2>2</a>")).Status("/story/2", 503);
        Assert.Null(await IngestAsync(site, workshop));
        Assert.Equal(FailureKind.Transient, Assert.Single(await workshop.FailuresAsync()).Kind);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_done_without()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await Workshop.OpenAsync(null, Loopback);
        site.Text("/story", Page("Part 1. ", "<a href=/story/2>2</a>")).Status("/story/2", 404);
        var data = await IngestAsync(site, workshop);
        Assert.Contains("Part 1. ", data, StringComparison.Ordinal);
        Assert.Contains("\"truncated\":true", data, StringComparison.Ordinal);
        Assert.Empty(await workshop.FailuresAsync());
    }

    [Fact]
    public async Task A_thin_first_page_without_another_form_goes_on_to_the_next()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await Workshop.OpenAsync(null, Loopback);
        site.Text("/story", $"<title>Ferry</title><article><h1>Ferry</h1><p>Part 1. {Sentence}</p></article><a href=/story/2>2</a>").Text("/story/2", Page("Part 2. ", ""));
        Assert.Contains("Part 2. ", await IngestAsync(site, workshop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thin_page_gives_way_to_its_form_for_print()
    {
        await using var site = await TestSite.StartAsync();
        await using var workshop = await Workshop.OpenAsync(null, Loopback);
        site.Text("/story", "<head><link rel=alternate media=print href=/print></head><body><h1>Ferry</h1><p>Loading the story …</p>").Text("/print", Page("In print. ", ""));
        Assert.Contains("In print. ", await IngestAsync(site, workshop), StringComparison.Ordinal);
    }

    private static string Page(string text, string links) => $"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{text}{Sentence}</p><p>{Sentence}{Sentence}{Sentence}</p></article><nav>{links}</nav></body></html>";

    private static async Task<string?> IngestAsync(TestSite site, Workshop workshop)
    {
        site.Text("/feed", $"<rss version='2.0'><channel><title>Quay</title><item><title>Ferry</title><link>{site["/story"]}</link></item></channel></rss>", "application/rss+xml");
        await workshop.PollAsync((await workshop.Tools.Get<ICatalog>().AddFeedAsync(site["/feed"], null, TimeProvider.System.GetUtcNow(), Stop)).Feed.Id);
        var article = Assert.Single(await workshop.ArticlesAsync());
        return (await workshop.Tools.Get<ICatalog>().FindArticleAsync(article.Id, Stop))!.Data;
    }
}
