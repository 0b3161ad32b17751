using Ingest.Torture.Receivers;
using Ingest.Torture.Servers;
using Ingest.Torture.Workers;
using Ingest.Torture.World;

namespace Ingest.Torture;

/// <summary>Everything around the workers: newsrooms before them, servers beside them, consumers behind them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    // Room for a long run's file and some more; what is free costs nothing.
    private const int DiskMegabytes = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-torture-").FullName;
    private readonly string? _keepIn;
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();
    private readonly List<IAsyncDisposable> _parts = [];

    private Stage(string? keepIn) => _keepIn = keepIn;

    public Newsrooms Newsrooms { get; private set; } = null!;
    public ServerProcess Postgres { get; private set; } = null!;
    public ServerProcess Rabbit { get; private set; } = null!;
    public WebhookReceiver Webhook { get; private set; } = null!;
    public RabbitConsumer RabbitConsumer { get; private set; } = null!;
    public QueueConsumers QueueConsumers { get; private set; } = null!;
    public FullDisk Disk { get; private set; } = null!;
    public Store Store { get; private set; } = null!;
    public WorkerFleet Fleet { get; private set; } = null!;

    public static async Task<Stage> OpenAsync(TortureOptions options, CancellationToken stop)
    {
        var stage = new Stage(options.KeepIn);
        try
        {
            await stage.SetUpAsync(options, stop);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a sink's other end has by now.</summary>
    public async Task<Ledger> ReceivedAsync(SinkKind sink, CancellationToken stop) => sink switch
    {
        SinkKind.PostgresQueue => await QueueConsumer.ReadAsync(Postgres.Connection, stop),
        SinkKind.RabbitMq => RabbitConsumer.Ledger,
        SinkKind.Webhook => Webhook.Ledger,
        _ => Disk.Read(),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.AsEnumerable().Reverse()) await part.DisposeAsync();
        Disk?.Dispose();
        if (_keepIn is not null)
            foreach (var log in Directory.GetFiles(_folder, "*.log")) File.Copy(log, Path.Combine(Directory.CreateDirectory(_keepIn).FullName, Path.GetFileName(log)), overwrite: true);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SetUpAsync(TortureOptions options, CancellationToken stop)
    {
        var rabbit = StartRabbitAsync(stop);
        Postgres = Keep(await PrivateServers.PostgresAsync(stop));
        Newsrooms = Keep(await Newsrooms.OpenAsync(options.Feeds, options.Seed, stop));
        Webhook = Keep(await WebhookReceiver.StartAsync(options.Seed, stop));
        Disk = FullDisk.Mount(Path.Combine(_folder, "disk"), DiskMegabytes);
        Store = new Store(Postgres.Connection);
        Rabbit = Keep(await rabbit);
        _settings = WorkerSettings.For(this, options.Sinks);
        Fleet = new WorkerFleet(options.Workers, _folder, _settings);
        await SubscribeAsync(stop);
        QueueConsumers = new QueueConsumers(2, Postgres.Connection);
        await QueueConsumer.PrepareAsync(Postgres.Connection, stop);
    }

    private async Task<ServerProcess> StartRabbitAsync(CancellationToken stop)
    {
        var rabbit = await PrivateServers.RabbitAsync(stop);
        RabbitConsumer = new RabbitConsumer(rabbit.Connection);
        await RabbitConsumer.DeclareAsync(stop);
        // RabbitMQ 3.10 notes a new quorum queue in its directory of queues minutes later, or when it is told to stop: a kill before that would lose it.
        await rabbit.StopAsync("TERM");
        await rabbit.StartAsync(stop);
        return rabbit;
    }

    private async Task SubscribeAsync(CancellationToken stop)
    {
        var (code, output) = await IngestCommand.RunAsync(["feeds", "add", .. Newsrooms.Feeds.Select(feed => feed.AbsoluteUri)], Path.Combine(_folder, "subscribe"), _settings, stop);
        if (code != 0) throw new InvalidOperationException($"the feeds could not be added: {output}");
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
