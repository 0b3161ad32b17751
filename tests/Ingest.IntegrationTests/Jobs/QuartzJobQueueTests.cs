using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Ingest.Worker.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.IntegrationTests.Jobs;

/// <summary>The engine behind <see cref="IJobQueue"/>. Retries, exhaustion, re-runs and kills are the flow's and tested there.</summary>
public sealed class QuartzJobQueueTests
{
    private static readonly ScheduleOptions Rare = new() { Tick = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task A_job_that_is_enqueued_runs()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = await ClaimedFeedAsync(workshop, workshop.Newsroom.World.Feeds[0]);
        await using var engine = await StartAsync(workshop);
        await engine.Services.GetRequiredService<IJobQueue>().EnqueueAsync([Named(feed)], CancellationToken.None);
        await Wait.UntilAsync(async () => (await workshop.ArticlesAsync()).Any(article => article.State == "Ingested"), "the refresh");
    }

    [Fact]
    public async Task A_job_that_breaks_off_does_not_hold_up_the_others()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feeds = workshop.Newsroom.World.Feeds;
        workshop.Newsroom.Misbehave(feeds[0].Path, new Misbehaviour.Garbage());
        List<long> ids = [await ClaimedFeedAsync(workshop, feeds[0]), await ClaimedFeedAsync(workshop, feeds[2]), await ClaimedFeedAsync(workshop, feeds[3])];
        await using var engine = await StartAsync(workshop);
        // Three that there are, and one that there is not.
        await engine.Services.GetRequiredService<IJobQueue>().EnqueueAsync([.. ids.Append(99).Select(Named)], CancellationToken.None);
        await Wait.UntilAsync(async () => (await workshop.Tools.Get<ICatalog>().ListFeedsAsync(10, CancellationToken.None)).All(feed => feed.LastPolledAt is not null), "all polls");
        Assert.Single(await workshop.FailuresAsync());
    }

    [Fact]
    public async Task Enqueuing_a_job_again_while_it_runs_polls_no_third_time()
    {
        await using var workshop = await Workshop.OpenAsync();
        var source = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(source.Path, new Misbehaviour.Slow(TimeSpan.FromSeconds(1)));
        var feed = await ClaimedFeedAsync(workshop, source);
        await using var engine = await StartAsync(workshop);
        var jobs = engine.Services.GetRequiredService<IJobQueue>();
        for (var i = 0; i < 20; i++) await jobs.EnqueueAsync([Named(feed)], CancellationToken.None);
        await Wait.UntilAsync(async () => (await workshop.ArticlesAsync()).Count > 0, "the refresh");
        // One that runs and one that waits behind it, whatever was enqueued.
        Assert.InRange(workshop.Newsroom.Requests.Count(request => request.Path == source.Path), 1, 2);
    }

    private static NamedJob Named(long feed) => NamedJob.RefreshFeed(new DueFeed(feed, null, null));

    private static async Task<long> ClaimedFeedAsync(Workshop workshop, NewsFeed source)
    {
        var feed = (await workshop.SubscribeAsync(source)).Id;
        Assert.True(await workshop.Tools.Get<IFeedStore>().ClaimAsync(feed, workshop.Tools.Get<LeaseHolder>().Take(), CancellationToken.None));
        return feed;
    }

    private static async Task<WebApplication> StartAsync(Workshop workshop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        new Settings(null, Verbose: false, [.. workshop.Settings()]).AddTo(builder.Configuration);
        // The worker that holds the leases.
        builder.Services.AddIngest(builder.Configuration).AddSingleton(workshop.Tools.Get<WorkerIdentity>()).AddQuartzJobs(Rare, clustered: false);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }
}
