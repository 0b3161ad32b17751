using System.Globalization;
using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Newsroom;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.IntegrationTests.Flow;

/// <summary>
/// Two workers on one database, and one of them suddenly an hour ahead of the other or behind, in the middle of its work: it holds leases that the
/// other takes for run out, or goes on with what it has lost.
/// </summary>
public sealed class ClockJumpTests
{
    private const int Rounds = 8;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ahead", 1)]
    [InlineData("behind", -1)]
    public async Task A_clock_that_jumps_an_hour_loses_and_repeats_no_article(string where, int hours)
    {
        await using var newsroom = await NewsroomServer.StartAsync(new NewsroomOptions { ArticlesPerSite = 2 }, Stop);
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var steady = await ClockedWorker.OpenAsync("steady", newsroom, database);
        await using var jumping = await ClockedWorker.OpenAsync("jumping", newsroom, database);
        foreach (var feed in newsroom.World.Feeds) await steady.Catalog.AddFeedAsync(new Uri(newsroom.BaseUri, feed.Path), null, Start, Stop);
        for (var round = 0; round < Rounds; round++)
        {
            // Every second round out, every second round back, after it has taken its leases and before it has done its work.
            jumping.JumpAfterClaim = TimeSpan.FromHours(round % 2 == 0 ? hours : -hours);
            newsroom.Publish(10);
            await Task.WhenAll(jumping.PassAsync(), steady.PassAsync());
            jumping.Clock.Now += TimeSpan.FromMinutes(1);
            steady.Clock.Now += TimeSpan.FromMinutes(1);
        }
        // Whatever was dated into the future has come by then.
        steady.Clock.Now += TimeSpan.FromHours(3);
        for (var round = 0; round < 2; round++)
        {
            await steady.PassAsync();
            steady.Clock.Now += TimeSpan.FromHours(1);
        }
        await AllOnceAsync(newsroom.World, database, [.. steady.Sent, .. jumping.Sent], where);
    }

    private static async Task AllOnceAsync(NewsWorld world, TestDatabase database, IReadOnlyList<string> sent, string where)
    {
        Assert.Equal(world.Articles.Count, await CountAsync(database, "SELECT count(*) FROM articles WHERE state = 'Ingested'"));
        Assert.Equal(world.Articles.Count, await CountAsync(database, "SELECT count(*) FROM articles"));
        Assert.Equal(world.Articles.Count, await CountAsync(database, "SELECT count(DISTINCT message_id) FROM outbox"));
        Assert.Equal(world.Articles.Count, sent.Distinct().Count());
        Assert.Equal(0, await CountAsync(database, "SELECT count(*) FROM failures"));
        Assert.Equal(0, await CountAsync(database, "SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"an hour {where}: {world.Articles.Count} articles, {sent.Count} deliveries"));
    }

    private static async Task<long> CountAsync(TestDatabase database, string query)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>A worker's parts over a clock of its own; what its jobs would do is done in turn.</summary>
    private sealed class ClockedWorker(ServiceProvider services, TempFolder folder, JumpingClock clock) : IAsyncDisposable
    {
        private readonly MemorySink _sink = new();

        public JumpingClock Clock => clock;
        public TimeSpan JumpAfterClaim { get; set; }
        public IReadOnlyList<string> Sent => _sink.Taken;
        public ICatalog Catalog => services.GetRequiredService<ICatalog>();

        public static async Task<ClockedWorker> OpenAsync(string name, NewsroomServer newsroom, TestDatabase database)
        {
            var folder = new TempFolder();
            var configuration = new ConfigurationManager();
            configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Provider"] = "postgres",
                ["Storage:ConnectionString"] = database.ConnectionString,
                ["Storage:DataDir"] = folder[name],
                ["Fetching:AllowedAddresses:0"] = newsroom.BaseUri.Authority,
                ["Fetching:HostDelay"] = "00:00:00",
                ["Fetching:HostConcurrency"] = "8",
                ["Schedule:MinInterval"] = "00:00:30",
                ["Schedule:MaxInterval"] = "00:00:30",
            });
            var clock = new JumpingClock { Now = Start };
            var services = new ServiceCollection().AddIngest(configuration).AddSingleton<TimeProvider>(clock).AddLogging().BuildServiceProvider();
            await services.PrepareSchemaAsync(Stop);
            await services.GetRequiredService<IOutboxStore>().RegisterAsync(MemorySink.SinkName, DateTimeOffset.MinValue, Start, Stop);
            return new ClockedWorker(services, folder, clock);
        }

        /// <summary>Polls what is due, tries again what is to be tried again, and relays.</summary>
        public async Task PassAsync()
        {
            var leases = services.GetRequiredService<LeaseHolder>();
            var feeds = await services.GetRequiredService<IFeedStore>().ClaimDueAsync(100, leases.Take(), Stop);
            var articles = await services.GetRequiredService<IArticleStore>().ClaimDueAsync(100, leases.Take(), Stop);
            clock.Now += JumpAfterClaim;
            JumpAfterClaim = TimeSpan.Zero;
            foreach (var feed in feeds) await services.GetRequiredService<RefreshFeed>().RunAsync(feed.Id, Stop);
            foreach (var article in articles) await services.GetRequiredService<IngestArticle>().RunAsync(article.Id, Stop);
            var owner = leases.Take().Owner;
            while (await Relay().DeliverNextAsync(owner, Stop))
            {
            }
            await services.GetRequiredService<IOutboxStore>().ReleaseAsync(MemorySink.SinkName, owner, Stop);
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            folder.Dispose();
        }

        private DeliverOutbox Relay() => new(
            new ConfiguredSink(_sink, "memory", SinkFilter.Everything, null), services.GetRequiredService<IOutboxStore>(), services.GetRequiredService<LeaseHolder>(), new OutboxSignal(),
            services.GetRequiredService<IOptions<DeliveryOptions>>(), services.GetRequiredService<Metrics>(), clock, new Random(1), NullLogger<DeliverOutbox>.Instance);
    }

    /// <summary>Only the time of day jumps; what is measured and waited for goes on.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class MemorySink : ISink
    {
        public const string SinkName = "memory";

        public string Name => SinkName;
        public List<string> Taken { get; } = [];

        public Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
        {
            Taken.AddRange(batch.Select(message => message.MessageId));
            return Task.FromResult(DeliveryOutcome.Accepted(batch));
        }
    }
}
