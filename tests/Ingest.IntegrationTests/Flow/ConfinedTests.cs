using Ingest.IntegrationTests.Dashboard;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Flow;

/// <summary>As in a container: nobody's user, nothing to write to but the data folder.</summary>
public sealed class ConfinedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_works_tells_its_numbers_and_stops_where_only_the_data_folder_can_be_written_to()
    {
        using var data = new TempFolder();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data.Path, (UnixFileMode)0x1FF);
        await using var worker = await WorkerProcess.StartAsNobodyAsync(["run", "--demo", "--url", "http://127.0.0.1:0"], ("Storage:DataDir", data.Path), ("Dashboard:Password", "hunter2"));
        await worker.StartedAsync();

        using var program = new Visitor(worker.Url);
        Assert.Equal("""{"status":"healthy"}""", await TextAsync(program, "/health"));
        program.Headers["Authorization"] = $"Basic {Convert.ToBase64String("ingest:hunter2"u8)}";
        await Wait.UntilAsync(async () => (await TextAsync(program, "/metrics")).Contains("\ningest_articles_delivered_total{sink=\"jsonl\"} ", StringComparison.Ordinal), "a delivered article's metric");
        var metrics = await TextAsync(program, "/metrics");
        Assert.Contains("# TYPE ingest_feeds_polled_total counter\ningest_feeds_polled_total{outcome=", metrics, StringComparison.Ordinal);
        Assert.Contains("# TYPE ingest_outbox_lag_time_seconds gauge\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\ningest_backlog{kind=\"feeds\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("\"workers\":[{", await TextAsync(program, "/health"), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data["ingest.db"]));

        var (result, _) = await worker.TerminateAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }

    private static async Task<string> TextAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
