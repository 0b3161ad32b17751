using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Torture;
using Ingest.Torture.Verdicts;

namespace Ingest.IntegrationTests.Flow;

/// <summary>The short form of the torture; the long one is <c>dotnet run -c Release --project tests/Ingest.Torture -- --minutes 30</c>.</summary>
[Collection(Processes.Alone)]
public sealed class TortureTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_fault_strikes_and_nothing_is_lost_repeated_in_the_store_or_left_behind()
    {
        PostgresServer.MustBeInstalled();
        RabbitServer.MustBeInstalled();
        var verdict = await new TortureRun(TortureOptions.Short, output.WriteLine).RunAsync(TestContext.Current.CancellationToken);
        Report(VerdictTable.Write(verdict));
        Assert.Empty(verdict.Wrong);
        Assert.All(verdict.Faults.Values, fault => Assert.True(fault.Struck > 0 || (fault.Refused && !Environment.IsPrivilegedProcess)));
    }

    private void Report(string table)
    {
        output.WriteLine(table);
        if (Environment.GetEnvironmentVariable("TEST_REPORTS") is { Length: > 0 } folder) File.WriteAllText(Path.Combine(folder, "torture.txt"), table);
    }
}
