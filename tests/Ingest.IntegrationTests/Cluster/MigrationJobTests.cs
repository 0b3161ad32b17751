using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>Where a job migrates and workers only wait for it.</summary>
public sealed class MigrationJobTests
{
    [Fact]
    public async Task A_worker_waits_for_the_job_that_migrates()
    {
        await using var database = await SharedDatabase.CreateEmptyAsync();
        (string, string)[] settings = [.. database.Settings("127.0.0.1:9", ("Storage:AutoMigrate", "false"))];
        var unready = await WorkerProcess.RunAsync(["run", "--url", "http://127.0.0.1:0"], settings);
        Assert.Equal(4, unready.ExitCode);
        Assert.Contains("ingest db migrate", unready.Errors, StringComparison.Ordinal);

        await using var waiting = WorkerProcess.Start(["db", "wait"], settings);
        await Wait.UntilAsync(() => waiting.Output.Contains("lacks", StringComparison.Ordinal), "what it waits for");
        Assert.Equal(0, (await WorkerProcess.RunAsync(["db", "migrate"], settings)).ExitCode);
        Assert.Equal(0, (await waiting.EndAsync()).ExitCode);

        await using var worker = WorkerProcess.Start(["run", "--url", "http://127.0.0.1:0"], settings);
        await worker.StartedAsync();
    }
}
