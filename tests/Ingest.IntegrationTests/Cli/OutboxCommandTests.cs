using System.Text.Json;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Cli;

/// <summary>What a person does about deliveries, without a worker.</summary>
public sealed class OutboxCommandTests
{
    private const string Sink = "archive";

    [Fact]
    public async Task Messages_are_sent_again_dropped_and_forgotten_by_hand()
    {
        await using var workshop = await Workshop.OpenAsync();
        var feed = workshop.Newsroom.World.Feeds[0];
        await workshop.PollAsync((await workshop.SubscribeAsync(feed)).Id);
        await SettleAsync(workshop);
        var all = feed.Articles.Count;

        Assert.Equal((all - 1, 0, 1), await StatusAsync(workshop));
        Assert.Contains("too large", (await RunAsync(workshop, "dead", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("1 dead letters would be sent again", (await RunAsync(workshop, "replay", Sink, "--dead", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.Contains("1 dead letters are dropped", (await RunAsync(workshop, "drop", Sink, "--dead")).Output, StringComparison.Ordinal);
        Assert.Contains($"{all} messages are sent again", (await RunAsync(workshop, "replay", Sink, "--since", "1d")).Output, StringComparison.Ordinal);
        Assert.Equal((all - 1, all, 0), await StatusAsync(workshop));
        Assert.Contains($"{all} messages are dropped", (await RunAsync(workshop, "drop", Sink, "--before", "0m")).Output, StringComparison.Ordinal);
        Assert.Equal((all - 1, 0, 0), await StatusAsync(workshop));
        Assert.Contains("archive is tried at once", (await RunAsync(workshop, "replay", Sink)).Output, StringComparison.Ordinal);
        Assert.Contains("archive is forgotten", (await RunAsync(workshop, "drop", Sink, "--forget")).Output, StringComparison.Ordinal);
        Assert.Contains("no worker has run yet", (await RunAsync(workshop, "status")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a sink that does not exist", "there is no sink 'nobody'", "replay", "nobody")]
    [InlineData("nothing said to be given up", "say what to give up", "drop", Sink)]
    [InlineData("two things at once", "say either --dead or --since", "replay", Sink, "--dead", "--since", "1h")]
    [InlineData("a time that is none", "neither an instant", "replay", Sink, "--since", "yesterday")]
    public async Task What_cannot_be_meant_is_said_and_changes_nothing(string reason, string said, params string[] arguments)
    {
        _ = reason;
        await using var workshop = await Workshop.OpenAsync();
        await workshop.Tools.Get<IOutboxStore>().RegisterAsync(Sink, from: null, Messages.Now, CancellationToken.None);
        var result = await RunAsync(workshop, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Errors, StringComparison.Ordinal);
    }

    /// <summary>As a relay would whose sink has refused the first message.</summary>
    private static async Task SettleAsync(Workshop workshop)
    {
        var outbox = workshop.Tools.Get<IOutboxStore>();
        var now = TimeProvider.System.GetUtcNow();
        await outbox.RegisterAsync(Sink, DateTimeOffset.MinValue, now, CancellationToken.None);
        await outbox.LeaseAsync(Sink, new Lease("relay", now, now.AddMinutes(1)), CancellationToken.None);
        var messages = await outbox.ReadAsync(0, 100, CancellationToken.None);
        var settlement = new Settlement(messages[^1].Sequence, [.. messages.Skip(1).Select(message => message.Sequence)], [new Refusal(messages[0], "too large")], now);
        Assert.True(await outbox.SettleAsync(Sink, "relay", settlement, CancellationToken.None));
    }

    private static async Task<(int Delivered, int Waiting, int Dead)> StatusAsync(Workshop workshop)
    {
        var status = JsonDocument.Parse((await RunAsync(workshop, "status", "--json")).Output).RootElement.GetProperty("sinks");
        var sink = Assert.Single(status.EnumerateArray());
        return (sink.GetProperty("delivered").GetInt32(), sink.GetProperty("waiting").GetInt32(), sink.GetProperty("dead").GetInt32());
    }

    private static Task<WorkerProcess.Result> RunAsync(Workshop workshop, params string[] arguments) =>
        WorkerProcess.RunAsync(["outbox", .. arguments], [.. workshop.Settings().Select(pair => (pair.Key, pair.Value!))]);
}
