using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Cli;

/// <summary>How one feed is asked, as a person says it.</summary>
public sealed class FeedsSetTests
{
    [Fact]
    public async Task What_is_set_adds_up_is_shown_without_secrets_and_is_forgotten_when_asked()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = await workshop.SubscribeAsync(workshop.Newsroom.World.Feeds[0]);
        var secret = Path.Combine(workshop.DataDir, "password");
        await File.WriteAllTextAsync(secret, "hush\n", TestContext.Current.CancellationToken);
        (string, string)[] settings = [.. workshop.Settings().Select(pair => (pair.Key, pair.Value!))];

        var set = await WorkerProcess.RunAsync(["feeds", "set", "1", "--user", "reader", "--password-file", secret, "--header", "X-Key: k1", "--header", "X-Other: o"], settings);
        Assert.Equal(0, set.ExitCode);
        Assert.Contains("as reader; with X-Key, X-Other", set.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await WorkerProcess.RunAsync(["feeds", "set", "1", "--ignore-robots", "--proxy", "http://u:p@proxy.example:3128"], settings)).ExitCode);
        var saved = (await workshop.Tools.Get<IFeedSettings>().FindAsync(feed.Id, TestContext.Current.CancellationToken))!;
        Assert.Equal(("reader", "hush", "k1", true), (saved.User, saved.Password, saved.Headers["X-Key"], saved.IgnoresRobots));

        var shown = (await WorkerProcess.RunAsync(["feeds", "show", "1", "--json"], settings)).Output;
        Assert.Contains("whatever robots.txt says", JsonDocument.Parse(shown).RootElement.GetProperty("asked").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);

        Assert.Equal(0, (await WorkerProcess.RunAsync(["feeds", "set", "1", "--reset"], settings)).ExitCode);
        Assert.Equal(FetchSettings.None, await workshop.Tools.Get<IFeedSettings>().FindAsync(feed.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("no such feed", "feeds", "set", "4711", "--ignore-robots")]
    [InlineData("no header", "feeds", "set", "1", "--header", "X-Key")]
    [InlineData("a header that is HTTP's own", "feeds", "set", "1", "--header", "Host: example.org")]
    [InlineData("no proxy", "feeds", "set", "1", "--proxy", "ftp://proxy.example")]
    [InlineData("no file", "feeds", "set", "1", "--user", "reader", "--password-file", "/nowhere/at/all")]
    public async Task What_makes_no_sense_is_refused(string reason, params string[] call)
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.SubscribeAsync(workshop.Newsroom.World.Feeds[0]);
        var refused = await WorkerProcess.RunAsync(call, [.. workshop.Settings().Select(pair => (pair.Key, pair.Value!))]);
        Assert.True(refused.ExitCode is 2, $"{reason}: {refused.ExitCode} {refused.Output}");
    }
}
