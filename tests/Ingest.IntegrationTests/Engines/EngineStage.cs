using System.Globalization;
using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Worker.Hosting;
using Ingest.Worker.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.IntegrationTests.Engines;

/// <summary>A site, a database and the settings of workers that run one engine over them.</summary>
internal sealed class EngineStage : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestDatabase? _database;
    private readonly JobEngine _engine;
    private int _workers;

    private EngineStage(JobEngine engine, TestDatabase? database, ScriptedSite site) => (_engine, _database, Site) = (engine, database, site);

    public ScriptedSite Site { get; }
    public Toolbox Tools { get; private set; } = null!;
    public bool IsShared => _database is not null;

    public static async Task<EngineStage> OpenAsync(JobEngine engine, StorageProvider provider, int articlesPerFeed = 2)
    {
        var database = provider is StorageProvider.Postgres ? await TestDatabase.CreateMigratedAsync() : null;
        var stage = new EngineStage(engine, database, await ScriptedSite.StartAsync(articlesPerFeed));
        stage.Tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [.. stage.Settings("tools").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))]), CancellationToken.None);
        return stage;
    }

    /// <summary>The program as a process; <paramref name="further"/> settings win.</summary>
    public WorkerProcess Start(params (string Key, string Value)[] further) => WorkerProcess.Start(
        ["run", "--url", "http://127.0.0.1:0"], [.. Settings((++_workers).ToString(CultureInfo.InvariantCulture)).Concat(further).DistinctByLast()]);

    /// <summary>A worker's services in this process: its signs of life and its engine, which finds nothing by itself for ten minutes.</summary>
    public async Task<WebApplication> HostAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var settings = Settings("here").Append(("Schedule:Tick", "00:10:00")).DistinctByLast().Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));
        new Settings(null, Verbose: false, [.. settings]).AddTo(builder.Configuration);
        builder.Services.AddIngest(builder.Configuration).AddHostedService<Heartbeat>()
            .AddJobEngine(new ScheduleOptions { Engine = _engine, Tick = TimeSpan.FromMinutes(10) }, IsShared ? StorageProvider.Postgres : StorageProvider.Sqlite);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }

    public async Task<long> SubscribeAsync(int feed) =>
        (await Tools.Get<ICatalog>().AddFeedAsync(Site[ScriptedSite.Feed(feed)], $"Example News {feed}", Tools.Get<TimeProvider>().GetUtcNow(), CancellationToken.None)).Feed.Id;

    public async Task SubscribeManyAsync(int feeds)
    {
        await SubscribeAsync(0);
        const string Copy = "INSERT INTO feeds (url, host, created_at, next_due_at, in_hand, deaths) SELECT replace(url, '/feed/0', '/feed/' || n), host, created_at, next_due_at, in_hand, deaths FROM feeds, n";
        var numbers = string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {feeds - 1})");
        await ExecuteAsync($"{numbers} {Copy}");
    }

    public Task<IReadOnlyList<FeedSummary>> FeedsAsync() => Tools.Get<ICatalog>().ListFeedsAsync(int.MaxValue, CancellationToken.None);

    public Task<IReadOnlyList<ArticleSummary>> ArticlesAsync() => Tools.Get<ICatalog>().ListArticlesAsync(null, null, int.MaxValue, CancellationToken.None);

    public Task<IReadOnlyList<FailureItem>> FailuresAsync() => Tools.Get<IFailureStore>().ListAsync(new FailureFilter(), CancellationToken.None);

    public Task<int> IngestedAsync() => CountAsync("SELECT count(*) FROM articles WHERE state = 'Ingested'");

    public Task<int> MessagesAsync() => CountAsync("SELECT count(*) FROM outbox");

    public Task<int> PolledAsync() => CountAsync("SELECT count(*) FROM feeds WHERE last_polled_at IS NOT NULL");

    public Task<int> LeasesAsync() => CountAsync("SELECT (SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL) + (SELECT count(*) FROM articles WHERE lease_owner IS NOT NULL)");

    public Task<int> HoldersAsync() => CountAsync("SELECT count(DISTINCT split_part(lease_owner, '/', 1)) FROM feeds WHERE lease_owner IS NOT NULL");

    public Task<int> WorkersAsync() => CountAsync("SELECT count(*) FROM workers");

    public async Task<int> CountAsync(string query)
    {
        await using var connection = Open();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries stand in the tests.
        command.CommandText = query;
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        await Site.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ExecuteAsync(string statement) => await CountAsync($"{statement} RETURNING 0");

    private System.Data.Common.DbConnection Open() =>
        _database is not null ? new NpgsqlConnection(_database.ConnectionString) : new SqliteConnection($"Data Source={_folder["data/ingest.db"]}");

    // On SQLite all processes share one folder, one after the other; on PostgreSQL each has its own.
    private IEnumerable<(string Key, string Value)> Settings(string worker) =>
    [
        ("Storage:Provider", IsShared ? "postgres" : "sqlite"),
        .. _database is null ? [] : new[] { ("Storage:ConnectionString", _database.ConnectionString) },
        ("Storage:DataDir", _folder[_database is null ? "data" : $"data-{worker}"]),
        ("Schedule:Engine", _engine.ToString()),
        ("Schedule:Tick", "00:00:01"),
        ("Schedule:MinInterval", "01:00:00"),
        ("Retry:BaseDelay", "00:00:01"),
        ("Retry:MaxAttempts", "3"),
        ("Fetching:AllowedAddresses:0", Site.Authority),
        ("Fetching:HostDelay", "00:00:00"),
        ("Fetching:HostConcurrency", "64"),
        ("Fetching:Timeout", "00:05:00"),
    ];
}

internal static class SettingPairs
{
    /// <summary>Of those with one key the last.</summary>
    public static IEnumerable<(string Key, string Value)> DistinctByLast(this IEnumerable<(string Key, string Value)> pairs) => pairs.Reverse().DistinctBy(pair => pair.Key).Reverse();
}
