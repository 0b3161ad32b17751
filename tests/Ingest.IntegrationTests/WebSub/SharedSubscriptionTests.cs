using Ingest.IntegrationTests.Cluster;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.WebSub;

/// <summary>Two real workers behind one callback address: a hub is asked once, heard by whichever it reaches, and asked again by whoever lives.</summary>
public sealed class SharedSubscriptionTests
{
    private static readonly (string, string)[] Settings =
        [("WebSub:CallbackUrl", "http://news.example/websub"), ("Dashboard:Password", "hunter2"), ("Fetching:HostDelay", "00:00:00"), ("Schedule:Tick", "00:00:00.2")];

    [Fact]
    public async Task Two_workers_keep_one_subscription_between_them_over_the_death_of_one()
    {
        await using var database = await SharedDatabase.CreateAsync();
        await using var hub = await HubStub.StartAsync();
        var host = hub.Feed.Authority;
        await (await database.OpenAsync(host)).Get<ICatalog>().AddFeedAsync(hub.Feed, null, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        await using var one = database.Start(host, Settings);
        await using var two = database.Start(host, Settings);
        foreach (var worker in (WorkerProcess[])[one, two]) await worker.StartedAsync();

        await Wait.UntilAsync(() => !hub.Asked.IsEmpty, "the hub is asked");
        var asked = hub.Asked.First();
        Assert.Equal((200, "4711"), await hub.VerifyAsync(At(one, asked)));
        foreach (var (worker, day) in ((WorkerProcess, int)[])[(one, 2), (two, 3)])
        {
            Assert.Equal(202, await hub.PushAsync(At(worker, asked), day));
            await Wait.UntilAsync(async () => await database.AskAsync<long>($"SELECT count(*) FROM articles WHERE state = 'Ingested' AND title = 'Day {day}'") == 1, "what was pushed is an article");
        }
        Assert.Equal(1, hub.Fetches);

        await one.KillAsync();
        await database.AskAsync<int>("UPDATE push_subscriptions SET next_attempt_at = now() RETURNING 1");
        await Wait.UntilAsync(() => hub.Asked.Count > 1, "the renewal");
        Assert.Equal((200, "4711"), await hub.VerifyAsync(At(two, hub.Asked.Last())));
        // Once by either, once by the survivor.
        Assert.Equal(["subscribe", "subscribe"], hub.Asked.Select(request => request["hub.mode"]));
        Assert.Single(hub.Asked.Select(request => request["hub.callback"]).Distinct());
    }

    /// <summary>What the hub was asked for, as a proxy before the workers would hand its answer to one of them.</summary>
    private static Dictionary<string, string> At(WorkerProcess worker, IReadOnlyDictionary<string, string> asked) =>
        new(asked) { ["hub.callback"] = new Uri(new Uri(worker.Url), new Uri(asked["hub.callback"]).AbsolutePath).AbsoluteUri };
}
