using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Newsroom;

namespace Ingest.IntegrationTests.Cli;

/// <summary>A subscription's life through the command line, without a worker.</summary>
public sealed class FeedsCommandTests
{
    [Fact]
    public async Task A_feed_is_added_once_polled_shown_and_removed()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds[0];
        var url = new Uri(workshop.Newsroom.BaseUri, feed.Path).AbsoluteUri;
        (string, string)[] settings = [.. workshop.Settings().Select(pair => (pair.Key, pair.Value!))];

        Assert.Contains("feed 1 added", (await RunAsync(settings, "feeds", "add", url)).Output, StringComparison.Ordinal);
        Assert.Contains("was there already", (await RunAsync(settings, "feeds", "add", url)).Output, StringComparison.Ordinal);
        Assert.Contains($"{feed.Articles.Count} articles", (await RunAsync(settings, "feeds", "poll")).Output, StringComparison.Ordinal);

        var listed = JsonDocument.Parse((await RunAsync(settings, "feeds", "list", "--json")).Output).RootElement;
        Assert.Equal(feed.Articles.Count, Assert.Single(listed.EnumerateArray()).GetProperty("articles").GetInt32());
        var articles = JsonDocument.Parse((await RunAsync(settings, "articles", "list", "--json")).Output).RootElement;
        Assert.Equal(feed.Articles.Count, articles.GetArrayLength());
        var shown = await RunAsync(settings, "articles", "show", articles[0].GetProperty("id").GetString()!);
        Assert.Contains(articles[0].GetProperty("title").GetString()!, shown.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync(settings, "feeds", "remove", "1")).ExitCode);
        Assert.Equal(0, JsonDocument.Parse((await RunAsync(settings, "feeds", "list", "--json")).Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Polling_a_broken_feed_says_so_and_fails()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds[0];
        workshop.Newsroom.Misbehave(feed.Path, new Misbehaviour.Status(404));
        await workshop.SubscribeAsync(feed);
        var polled = await RunAsync([.. workshop.Settings().Select(pair => (pair.Key, pair.Value!))], "feeds", "poll", "1");
        Assert.Equal(1, polled.ExitCode);
        Assert.Contains("HTTP 404", polled.Output, StringComparison.Ordinal);
    }

    private static Task<WorkerProcess.Result> RunAsync((string, string)[] settings, params string[] arguments) => WorkerProcess.RunAsync(arguments, settings);
}
