using System.Net;
using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Newsroom;
using Ingest.Torture.Servers;

namespace Ingest.IntegrationTests.Flow;

/// <summary>The program as a newcomer runs it, with only a connection string changed.</summary>
public sealed class PostgresPassTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_pass_delivers_each_article_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var data = new TempFolder();
        string[] arguments = ["run", "--demo", "--once", "--storage", "postgres", "--data", data.Path, "--url", "http://127.0.0.1:0"];
        for (var pass = 0; pass < 2; pass++)
        {
            var result = await WorkerProcess.RunAsync(arguments, ("Storage:ConnectionString", database.ConnectionString));
            Assert.Equal(("", 0), (result.Errors, result.ExitCode));
            DeliveredFile.HoldsEachOnce(NewsWorld.Generate(new NewsroomOptions()), DeliveredFile.Read(data[DeliveredFile.Name]));
        }
        Assert.False(File.Exists(data["ingest.db"]));
    }

    [Fact]
    public async Task A_worker_outlives_its_database_and_says_so_meanwhile()
    {
        await PostgresServer.ConnectionStringAsync();
        await using var server = await PrivateServers.PostgresAsync(Stop);
        using var data = new TempFolder();
        await using var worker = WorkerProcess.Start(
            ["run", "--demo", "--storage", "postgres", "--data", data.Path, "--url", "http://127.0.0.1:0"], ("Storage:ConnectionString", server.Connection));
        await worker.StartedAsync();
        using var http = new HttpClient { BaseAddress = new Uri(worker.Url) };
        await Wait.UntilAsync(async () => await HealthAsync(http) == HttpStatusCode.OK && DeliveredFile.Read(data[DeliveredFile.Name]).Count > 0, "first articles");

        await server.StopAsync("QUIT");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(http));
        await server.StartAsync(Stop);

        await Wait.UntilAsync(async () => await HealthAsync(http) == HttpStatusCode.OK, "the database is back");
        var world = NewsWorld.Generate(new NewsroomOptions());
        await Wait.UntilAsync(() => DeliveredFile.Read(data[DeliveredFile.Name]).Count >= world.Articles.Count, "every article");
        Assert.False(worker.HasExited);
        var (result, _) = await worker.TerminateAsync();
        Assert.Equal(0, result.ExitCode);
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), Stop);
        return answer.StatusCode;
    }
}
