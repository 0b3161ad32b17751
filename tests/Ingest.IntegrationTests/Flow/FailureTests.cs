using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;

namespace Ingest.IntegrationTests.Flow;

/// <summary>An article page that answers 500, from the failure list to its delivery, through the command line of the real program.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_page_that_answers_500_is_listed_retried_with_back_off_and_delivered_by_a_rerun_after_it_heals()
    {
        await using var workshop = await Workshop.OpenAsync();
        var newsroom = workshop.Newsroom;
        var feed = newsroom.World.Feeds.First(feed => !feed.FullText);
        var broken = feed.Articles[0];
        newsroom.Misbehave(broken.Path, new Misbehaviour.Status(500));
        await workshop.SubscribeAsync(feed);
        (string, string)[] settings =
        [
            .. workshop.Settings(("Schedule:Tick", "00:00:00.1"), ("Retry:BaseDelay", "00:00:00.3"), ("Retry:MaxAttempts", "3")).Select(pair => (pair.Key, pair.Value!)),
        ];
        var file = Path.Combine(workshop.DataDir, DeliveredFile.Name);

        await using var worker = WorkerProcess.Start(["run", "--url", "http://127.0.0.1:0"], settings);
        await Wait.UntilAsync(async () => (await ListAsync(settings)) is [var only] && only.GetProperty("attempts").GetInt32() == 3, "three failed attempts");
        var failure = Assert.Single(await ListAsync(settings));
        Assert.Equal("Transient", failure.GetProperty("kind").GetString());
        Assert.StartsWith("HTTP 500", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(new Uri(newsroom.BaseUri, broken.Path).AbsolutePath, new Uri(failure.GetProperty("url").GetString()!).AbsolutePath, StringComparison.Ordinal);
        Assert.False(failure.TryGetProperty("nextRetryAt", out _), "its attempts are used up");
        await Wait.UntilAsync(() => DeliveredFile.Read(file).Count == feed.Articles.Count - 1, "the other articles");
        WaitedLongerEachTime(newsroom.Requests.Where(request => request.Status == 500).Select(request => request.At).ToList());

        newsroom.Heal(broken.Path);
        var dry = await WorkerProcess.RunAsync(["failures", "rerun", "--all", "--dry-run"], settings);
        Assert.Contains("1 would be run again", dry.Output, StringComparison.Ordinal);
        var rerun = await WorkerProcess.RunAsync(["failures", "rerun", "--host", newsroom.BaseUri.Authority], settings);
        Assert.Equal(0, rerun.ExitCode);
        await Wait.UntilAsync(() => DeliveredFile.Read(file).Any(message => DeliveredFile.PathOf(message) == broken.Path), "the healed article's delivery");
        Assert.Empty(await ListAsync(settings));
        Assert.Equal(feed.Articles.Count, DeliveredFile.Read(file).Count);
    }

    private static async Task<JsonElement[]> ListAsync((string, string)[] settings)
    {
        var list = await WorkerProcess.RunAsync(["failures", "list", "--json"], settings);
        Assert.Equal("", list.Errors);
        return JsonSerializer.Deserialize<JsonElement[]>(list.Output)!;
    }

    // 0.3 s and 1.2 s, each ± 20%.
    private static void WaitedLongerEachTime(List<DateTimeOffset> attempts)
    {
        Assert.Equal(3, attempts.Count);
        Assert.True(attempts[1] - attempts[0] >= TimeSpan.FromSeconds(0.24), "the first retry waits its time");
        Assert.True(attempts[2] - attempts[1] >= TimeSpan.FromSeconds(0.96), "the second waits four times as long");
    }
}
