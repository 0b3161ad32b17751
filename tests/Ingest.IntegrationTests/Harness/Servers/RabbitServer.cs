using Ingest.Torture.Servers;

namespace Ingest.IntegrationTests.Harness.Servers;

/// <summary>The RabbitMQ node that all tests share, each with queues and exchanges of its own names. A test that crashes its broker takes one from <see cref="PrivateServers"/>.</summary>
internal static class RabbitServer
{
    private static readonly SharedServer Shared = new("TEST_RABBITMQ", "RabbitMQ", "rabbitmq-server", ServerScript.HasRabbit, () => PrivateServers.RabbitAsync(CancellationToken.None));

    /// <summary>Its amqp URI. Without a server the test is skipped, or fails on a build server.</summary>
    public static async Task<Uri> UriAsync() => new(await Shared.ConnectionAsync());

    /// <inheritdoc cref="SharedServer.MustBeInstalled"/>
    public static void MustBeInstalled() => Shared.MustBeInstalled();

    public static ValueTask StopAsync() => Shared.DisposeAsync();
}
