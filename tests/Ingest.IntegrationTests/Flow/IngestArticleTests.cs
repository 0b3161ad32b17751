using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Flow;

/// <summary>What becomes of an article whose page misbehaves.</summary>
public sealed class IngestArticleTests
{
    public static TheoryData<string, Misbehaviour, FailureKind> Faults => new()
    {
        { "gone", new Misbehaviour.Status(410), FailureKind.Permanent },
        { "unknown", new Misbehaviour.Status(404), FailureKind.Permanent },
        { "out of order", new Misbehaviour.Status(503), FailureKind.Transient },
        { "redirected in a circle", new Misbehaviour.RedirectLoop(), FailureKind.Permanent },
        { "redirected to the inside", new Misbehaviour.RedirectTo("http://169.254.169.254/latest/meta-data"), FailureKind.Permanent },
        { "cut short", new Misbehaviour.CutShort(), FailureKind.Transient },
        { "larger than allowed", new Misbehaviour.Huge(12), FailureKind.Permanent },
        { "a gzip bomb", new Misbehaviour.Huge(64, AsGzipBomb: true), FailureKind.Permanent },
        { "slower than allowed", new Misbehaviour.Slow(TimeSpan.FromMinutes(2)), FailureKind.Transient },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_page_that_fails_is_listed_and_the_others_are_ingested(string reason, Misbehaviour how, FailureKind kind)
    {
        await using var workshop = await Workshop.OpenAsync(null, ("Fetching:Timeout", how is Misbehaviour.Slow ? "00:00:05" : "00:01:00"));
        var feed = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText);
        var broken = feed.Articles[0];
        workshop.Newsroom.Misbehave(broken.Path, how);
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.True(failure.Kind == kind, $"{reason}: {failure.Kind}, {failure.Error}");
        Assert.Equal(kind == FailureKind.Transient, failure.NextRetryAt is not null);
        Assert.Equal(feed.Articles.Count - 1, (await workshop.ArticlesAsync()).Count(article => article.State == "Ingested"));
    }

    [Fact]
    public async Task A_page_in_another_charset_than_it_says_or_compressed_unasked_is_ingested_whole()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText && feed.Site.Language.StartsWith("de", StringComparison.Ordinal));
        workshop.Newsroom.Misbehave(feed.Articles[0].Path, new Misbehaviour.Compressed("br"));
        workshop.Newsroom.Misbehave(feed.Articles[1].Path, new Misbehaviour.WrongCharset("utf-8", "windows-1252"));
        workshop.Newsroom.Misbehave(feed.Articles[2].Path, new Misbehaviour.Compressed("deflate"));
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        Assert.Empty(await workshop.FailuresAsync());
        foreach (var article in await workshop.ArticlesAsync())
        {
            var data = JsonDocument.Parse((await workshop.Tools.Get<ICatalog>().FindArticleAsync(article.Id, CancellationToken.None))!.Data!).RootElement;
            var truth = feed.Articles.Single(source => source.Title == article.Title);
            Assert.Contains(truth.Text.MaxBy(line => line.Count(letter => letter > 127))!, data.GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Waiting_for_a_busy_hosts_turn_is_no_timeout()
    {
        // All together take longer than one may, and one may take eight times what it does: a slow machine is not what is tested.
        await using var workshop = await Workshop.OpenAsync(
            new NewsroomOptions { ArticlesPerSite = 12 }, ("Fetching:HostConcurrency", "1"), ("Fetching:Timeout", "00:00:05"), ("Schedule:ArticlesPerRefresh", "12"));
        var feed = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText);
        Assert.InRange(feed.Articles.Count, 9, 12);
        foreach (var article in feed.Articles) workshop.Newsroom.Misbehave(article.Path, new Misbehaviour.Slow(TimeSpan.FromSeconds(0.6)));
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        Assert.Empty((await workshop.FailuresAsync()).Select(failure => failure.Error));
    }

    [Fact]
    public async Task A_full_text_feed_costs_no_request_for_its_articles()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds.First(feed => feed.FullText);
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        Assert.Equal(feed.Path, Assert.Single(workshop.Newsroom.Requests).Path);
        Assert.All(await workshop.ArticlesAsync(), article => Assert.Equal("Ingested", article.State));
    }

    [Fact]
    public async Task An_article_that_workers_died_over_again_and_again_is_quarantined_until_a_rerun()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText);
        workshop.Newsroom.Misbehave(feed.Articles[0].Path, new Misbehaviour.Status(500, Times: 1));
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        var id = (await workshop.ArticlesAsync()).Single(article => article.State == "Failed").Id;
        var articles = workshop.Tools.Get<IArticleStore>();

        for (var death = 0; death < Poison.Quarantine; death++)
        {
            await ClaimAsync(workshop, id);
            await articles.MarkInHandAsync(id, inHand: true, CancellationToken.None);
        }
        await ClaimAsync(workshop, id);
        await workshop.Tools.Get<IngestArticle>().RunAsync(id, CancellationToken.None);
        var failure = Assert.Single(await workshop.FailuresAsync());
        Assert.Equal((FailureKind.Poison, (DateTimeOffset?)null), (failure.Kind, failure.NextRetryAt));

        await workshop.Tools.Get<IFailureStore>().RerunAsync(
            new FailureFilter { Kind = FailureKind.Poison }, new ByHand("somebody", AuditSource.Cli, null), perSecond: null, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await ClaimAsync(workshop, id);
        Assert.IsType<JobOutcome.Done>(await workshop.Tools.Get<IngestArticle>().RunAsync(id, CancellationToken.None));
        Assert.Empty(await workshop.FailuresAsync());
    }

    [Fact]
    public async Task A_worker_that_is_merely_killed_with_many_articles_in_hand_blames_none_of_them()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds.First(feed => !feed.FullText);
        workshop.Newsroom.Misbehave(feed.Articles[0].Path, new Misbehaviour.Status(500, Times: 1));
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        var id = (await workshop.ArticlesAsync()).Single(article => article.State == "Failed").Id;
        for (var death = 0; death < 10; death++) await ClaimAsync(workshop, id);
        Assert.IsType<JobOutcome.Done>(await workshop.Tools.Get<IngestArticle>().RunAsync(id, CancellationToken.None));
    }

    /// <summary>Claims as a worker would whose clock says that everything has run out.</summary>
    private static async Task ClaimAsync(Workshop workshop, Guid id)
    {
        var now = TimeProvider.System.GetUtcNow().AddYears(1);
        var lease = new Lease($"{workshop.Tools.Get<WorkerIdentity>().Name}/{Guid.CreateVersion7(now)}", now, now.AddSeconds(-1));
        Assert.Contains(await workshop.Tools.Get<IArticleStore>().ClaimDueAsync(100, lease, CancellationToken.None), article => article.Id == id);
    }
}
