[assembly: AssemblyFixture(typeof(Ingest.IntegrationTests.Harness.Servers.ServersOfTheRun))]

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>Ends the servers that tests had started, after the last test.</summary>
public sealed class ServersOfTheRun : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await TestDatabase.EndAsync();
        await PostgresServer.StopAsync();
        await RabbitServer.StopAsync();
    }
}
