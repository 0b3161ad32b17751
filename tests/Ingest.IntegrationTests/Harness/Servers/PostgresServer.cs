using Ingest.Torture.Servers;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>
/// The PostgreSQL cluster that all tests share, each with a database of its own (<see cref="TestDatabase"/>): <c>tests/run.sh</c>'s, or one started
/// for this run. A test that crashes its server takes one from <see cref="PrivateServers"/>.
/// </summary>
internal static class PostgresServer
{
    private static readonly SharedServer Shared = new("TEST_POSTGRES", "PostgreSQL", "postgresql", ServerScript.HasPostgres, () => PrivateServers.PostgresAsync(CancellationToken.None, "-c", "fsync=off"));

    /// <summary>The connection string of its administrator. Without a server the test is skipped, or fails on a build server.</summary>
    public static Task<string> ConnectionStringAsync() => Shared.ConnectionAsync();

    /// <inheritdoc cref="SharedServer.MustBeInstalled"/>
    public static void MustBeInstalled() => Shared.MustBeInstalled();

    public static ValueTask StopAsync() => Shared.DisposeAsync();
}
