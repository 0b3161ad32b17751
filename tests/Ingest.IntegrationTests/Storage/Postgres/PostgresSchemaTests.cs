using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Storage.Postgres;
using Ingest.Torture.Servers;
using Ingest.Worker.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ingest.IntegrationTests.Storage.Postgres;

public sealed class PostgresSchemaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_migrations_and_the_model_agree()
    {
        using var context = new PostgresIngestDbContext(new DbContextOptionsBuilder<PostgresIngestDbContext>().UseNpgsql("Host=none").Options);
        Assert.False(context.Database.HasPendingModelChanges(), "the model has changed: add a migration (src/README.md says how)");
    }

    [Fact]
    public async Task Workers_that_start_at_once_on_an_empty_database_all_come_up()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tools = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync(database), Stop)));
        foreach (var one in tools)
        {
            Assert.Empty(await one.Get<Schema>().PendingAsync(Stop));
            await one.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_process_that_dies_while_migrating_blocks_nobody()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var dying = new NpgsqlConnection(database.ConnectionString);
        await dying.OpenAsync(Stop);
        await PostgresTools.ScalarAsync<object?>(dying, $"SELECT pg_advisory_lock({AdvisoryLocks.Migration})");
        var opening = OpenAsync(database);
        await using var watching = new NpgsqlConnection(database.ConnectionString);
        await watching.OpenAsync(Stop);
        // Of this database: other tests migrate theirs on the same server.
        const string Locks = "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        await Harness.Wait.UntilAsync(() => PostgresTools.ScalarAsync<bool>(watching, $"SELECT EXISTS (SELECT {Locks} AND NOT granted)"), "the other one waits");
        await PostgresTools.ScalarAsync<object?>(watching, $"SELECT pg_terminate_backend({dying.ProcessID})");
        await using var tools = await opening;
        Assert.Empty(await tools.Get<Schema>().PendingAsync(Stop));
        Assert.False(await PostgresTools.ScalarAsync<bool>(watching, $"SELECT EXISTS (SELECT {Locks})"));
    }

    [Fact]
    public async Task A_restart_of_the_server_is_waited_for()
    {
        await Harness.Servers.PostgresServer.ConnectionStringAsync();
        await using var server = await PrivateServers.PostgresAsync(Stop);
        await using var tools = await PostgresTools.OnAsync(server.Connection);
        var (catalog, feeds, articles) = (tools.Services.Get<ICatalog>(), tools.Services.Get<IFeedStore>(), tools.Services.Get<IArticleStore>());
        var feed = (await catalog.AddFeedAsync(new Uri("https://example.org/feed"), null, StoreContract.Now, Stop)).Feed.Id;
        var article = StoreContract.Article("https://example.org/1");
        await feeds.SavePollAsync(StoreContract.Poll(feed), [article], Stop);
        await server.StopAsync("QUIT");
        var saving = articles.SaveIngestedAsync(StoreContract.Ingested(article.Id, "a:1"), Stop);
        var listing = catalog.ListFeedsAsync(10, Stop);
        await server.StartAsync(Stop);
        Assert.True(await saving);
        Assert.Single(await listing);
    }

    private static Task<Toolbox> OpenAsync(TestDatabase database) =>
        Toolbox.OpenAsync(new Settings(null, Verbose: false, [.. PostgresTools.Settings(database.ConnectionString), new("Storage:DataDir", Path.GetTempPath())]), CancellationToken.None);
}
