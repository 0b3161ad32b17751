using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Flow;

/// <summary>SIGTERM: quick, and the next start goes on where this one stopped.</summary>
[Collection(Processes.Alone)]
public sealed class StopTests
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Sigterm_in_the_middle_of_a_slow_pass_releases_what_was_in_hand()
    {
        await using var workshop = await Workshop.OpenAsync(new NewsroomOptions { ArticlesPerSite = 4 });
        var newsroom = workshop.Newsroom;
        foreach (var feed in newsroom.World.Feeds) await workshop.SubscribeAsync(feed);
        foreach (var article in newsroom.World.Articles) newsroom.Misbehave(article.Path, new Misbehaviour.Slow(TimeSpan.FromSeconds(0.5)));
        (string, string)[] settings = [.. workshop.Settings(("Fetching:HostConcurrency", "2"), ("Schedule:Tick", "00:00:00.2")).Select(pair => (pair.Key, pair.Value!))];

        await using (var worker = WorkerProcess.Start(["run", "--once", "--url", "http://127.0.0.1:0"], settings))
        {
            await Wait.UntilAsync(() => DeliveredFile.Read(Path.Combine(workshop.DataDir, DeliveredFile.Name)).Count > 0, "a first delivery");
            var (result, time) = await worker.TerminateAsync();
            Assert.True(time < MostTime, $"stopped after {time.TotalSeconds:0.0} s");
            Assert.Equal("", result.Errors);
        }
        var backlog = await workshop.Tools.Get<ICatalog>().BacklogAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.True(backlog.Articles > 0, "the pass was over before it was stopped: the test tests nothing");
        Assert.Empty(await workshop.FailuresAsync());

        newsroom.HealAll();
        var again = await WorkerProcess.RunAsync(["run", "--once", "--url", "http://127.0.0.1:0"], settings);
        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
        DeliveredFile.HoldsEachOnce(newsroom.World, DeliveredFile.Read(Path.Combine(workshop.DataDir, DeliveredFile.Name)));
    }
}
