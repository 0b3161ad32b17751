using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.WebSub;

/// <summary>A subscription's whole life, with the real program and a hub over HTTP.</summary>
public sealed class WebSubTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_with_a_hub_is_subscribed_pushed_without_a_fetch_kept_over_a_restart_and_unsubscribed_when_it_goes()
    {
        using var data = new TempFolder();
        await using var hub = await HubStub.StartAsync();
        var pages = new Uri($"http://127.0.0.1:{FreePort()}");
        (string, string)[] settings =
        [
            ("Storage:DataDir", data.Path), ("WebSub:CallbackUrl", new Uri(pages, "websub").AbsoluteUri), ("Fetching:AllowedAddresses:0", hub.Feed.Authority), ("Fetching:HostDelay", "00:00:00"),
            ("Schedule:Tick", "00:00:00.2"),
        ];
        Assert.Equal(0, (await WorkerProcess.RunAsync(["feeds", "add", "--as-is", hub.Feed.AbsoluteUri], settings)).ExitCode);
        IReadOnlyDictionary<string, string> asked;
        await using (var worker = WorkerProcess.Start(["run", "--url", pages.OriginalString], settings))
        {
            await Wait.UntilAsync(() => !hub.Asked.IsEmpty, "the hub is asked");
            asked = hub.Asked.First();
            Assert.Equal(("subscribe", hub.Feed.AbsoluteUri), (asked["hub.mode"], asked["hub.topic"]));
            Assert.Equal(404, (await hub.VerifyAsync(asked, "https://another.example/feed")).Status);
            Assert.Equal((200, "4711"), await hub.VerifyAsync(asked));

            var fetches = hub.Fetches;
            Assert.Equal(202, await hub.PushAsync(asked, 3, secret: "guessed"));
            Assert.Equal(202, await hub.PushAsync(asked, 2));
            await Wait.UntilAsync(async () => (await TitlesAsync(pages)).Contains("Day 2"), "what was pushed is an article");
            Assert.DoesNotContain("Day 3", await TitlesAsync(pages));
            Assert.Equal(fetches, hub.Fetches);
            var feed = await GetAsync(pages, "api/feeds/1");
            Assert.True(feed.GetProperty("push").GetProperty("relied").GetBoolean());
            Assert.True(feed.GetProperty("nextDueAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddHours(20), "a daily poll is enough while the hub delivers");
            await worker.TerminateAsync();
        }
        await using (WorkerProcess.Start(["run", "--url", pages.OriginalString], settings))
        {
            await Wait.UntilAsync(async () => await hub.PushOrNothingAsync(asked, 4) == 202, "the worker is there again");
            await Wait.UntilAsync(async () => (await TitlesAsync(pages)).Contains("Day 4"), "what was pushed is an article");
            Assert.Contains("hub http://127.0.0.1", (await WorkerProcess.RunAsync(["feeds", "show", "1"], settings)).Output);

            Assert.Equal(0, (await WorkerProcess.RunAsync(["feeds", "remove", "1"], settings)).ExitCode);
            await Wait.UntilAsync(() => hub.Asked.Last()["hub.mode"] == "unsubscribe", "the hub is told");
            Assert.Equal(410, await hub.PushAsync(asked, 5));
            Assert.Equal((200, "4711"), await hub.VerifyAsync(hub.Asked.Last()));
            Assert.Equal(404, await hub.PushAsync(asked, 6));
        }
    }

    private static async Task<IReadOnlyList<string?>> TitlesAsync(Uri pages) =>
        [.. (await GetAsync(pages, "api/articles")).GetProperty("items").EnumerateArray().Where(article => article.GetProperty("state").GetString() == "Ingested").Select(article => article.GetProperty("title").GetString())];

    private static async Task<JsonElement> GetAsync(Uri pages, string path)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(pages, path), Stop)).RootElement;
    }

    // Below the range that connections leave from: while nobody listens on it, no client is given it.
    private static int FreePort()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
