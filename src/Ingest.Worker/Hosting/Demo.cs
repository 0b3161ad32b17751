using System.Globalization;
using Ingest.Delivery;
using Ingest.Delivery.JsonLines;
using Ingest.Newsroom;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Worker.Cli;

namespace Ingest.Worker.Hosting;

/// <summary>The sample newsroom of <c>--demo</c>, and the settings that suit a site on one's own machine.</summary>
internal sealed class Demo : IAsyncDisposable
{
    /// <summary>Holds the port of the first start: the articles' addresses stay the same from one demo to the next.</summary>
    private const string PortFile = "newsroom.port";

    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(10);

    private readonly NewsroomServer _newsroom;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _publishing;

    private Demo(NewsroomServer newsroom, bool publishing) =>
        (_newsroom, _publishing) = (newsroom, publishing ? PublishAsync(newsroom, _ending.Token) : Task.CompletedTask);

    /// <param name="publishing">Whether the newsroom goes on to publish an article now and then.</param>
    public static async Task<Demo> StartAsync(string dataDir, bool publishing, CancellationToken stop)
    {
        var file = Path.Combine(dataDir, PortFile);
        var known = File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, stop), CultureInfo.InvariantCulture, out var port) ? port : 0;
        try
        {
            var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions { Port = known }, stop);
            await File.WriteAllTextAsync(file, newsroom.BaseUri.Port.ToString(CultureInfo.InvariantCulture), stop);
            return new Demo(newsroom, publishing);
        }
        catch (IOException error)
        {
            throw new UserErrorException(
                ExitCodes.Configuration, $"port {known} is in use; the sample newsroom of {Path.GetFullPath(dataDir)} was there before: free the port, or choose another folder with --data", error);
        }
    }

    /// <summary>Lets the worker through to this one address, without the politeness that strangers' servers are owed, and shows the articles in a file in any case.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings(IConfiguration given) =>
    [
        .. given.GetSection(SinksOptions.Section).Exists() ? [] : Sinks(given),
        new("Fetching:AllowedAddresses:0", _newsroom.BaseUri.Authority),
        new("Fetching:HostDelay", "00:00:00"),
        new("Fetching:HostConcurrency", "16"),
        new("Schedule:Tick", "00:00:00.5"),
        new("Schedule:MinInterval", "00:00:05"),
        new("Schedule:MaxInterval", "00:00:15"),
        new("Retry:BaseDelay", "00:00:05"),
    ];

    private static IEnumerable<KeyValuePair<string, string?>> Sinks(IConfiguration given)
    {
        yield return new($"{SinksOptions.Section}:{nameof(SinksOptions.JsonLines)}:jsonl:{nameof(JsonLinesOptions.Path)}", new JsonLinesOptions().Path);
        if (given.GetSection(StorageOptions.Section).GetValue<StorageProvider>(nameof(StorageOptions.Provider)) is StorageProvider.Postgres)
            yield return new($"{SinksOptions.Section}:{nameof(SinksOptions.PostgresQueue)}:queue:{nameof(SinkOptions.StartFrom)}", SinkStart.Now);
    }

    public async Task SubscribeAsync(ICatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        foreach (var feed in _newsroom.World.Feeds)
            await catalog.AddFeedAsync(new Uri(_newsroom.BaseUri, feed.Path), feed.Site.Name, clock.GetUtcNow(), stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _publishing;
        await _newsroom.DisposeAsync();
        _ending.Dispose();
    }

    private static async Task PublishAsync(NewsroomServer newsroom, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(PublishEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) newsroom.Publish(1);
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }
}
