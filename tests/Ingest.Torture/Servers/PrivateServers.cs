using Npgsql;
using RabbitMQ.Client;

namespace Ingest.Torture.Servers;

/// <summary>Servers of one's own, which may be crashed at will.</summary>
internal static class PrivateServers
{
    /// <summary>A PostgreSQL cluster; <paramref name="options"/> as for the server program, such as <c>-c fsync=off</c> in two arguments.</summary>
    public static Task<ServerProcess> PostgresAsync(CancellationToken stop, params string[] options) => ServerProcess.CreateAsync("postgres", options, GreetPostgresAsync, stop);

    /// <summary>A RabbitMQ node without plugins.</summary>
    public static Task<ServerProcess> RabbitAsync(CancellationToken stop) => ServerProcess.CreateAsync("rabbitmq", [], GreetRabbitAsync, stop);

    private static async Task GreetPostgresAsync(string connection, CancellationToken stop)
    {
        await using var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await postgres.OpenAsync(stop);
    }

    private static async Task GreetRabbitAsync(string connection, CancellationToken stop)
    {
        await using var rabbit = await new ConnectionFactory { Uri = new Uri(connection), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(stop);
        await rabbit.CloseAsync(stop);
    }
}
