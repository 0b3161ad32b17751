using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Engines;

/// <summary>An engine that cannot run is refused with what to do about it.</summary>
public sealed class EngineChoiceTests
{
    [Fact]
    public async Task Hangfire_without_its_database_or_its_build_is_a_configuration_error()
    {
        using var data = new TempFolder();
        var refused = await WorkerProcess.RunAsync(["run", "--data", data.Path, "--url", "http://127.0.0.1:0"], ("Schedule:Engine", "hangfire"));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("Schedule:Engine", refused.Errors, StringComparison.Ordinal);
#if HANGFIRE
        Assert.Contains("Storage:Provider=postgres", refused.Errors, StringComparison.Ordinal);
#else
        Assert.Contains("-p:JobEngine=Hangfire", refused.Errors, StringComparison.Ordinal);
#endif
        Assert.Single(refused.Errors.Trim().Split('\n'));
    }
}
