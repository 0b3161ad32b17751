using System.Globalization;
using Ingest.Torture.Servers;
using Npgsql;

namespace Ingest.Benchmarks.Pipeline;

/// <summary>A PostgreSQL cluster of one's own, with its defaults: what it writes is on the disk before it says so.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    /// <summary>Fields of /proc/PID/stat after the command's closing parenthesis: parent, and user and kernel time, its own and its ended children's, in ticks.</summary>
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int KernelTime = 12;
    private const int ChildrensUserTime = 13;
    private const int ChildrensKernelTime = 14;

    /// <summary>Linux counts in hundredths of a second, whatever the kernel's own clock.</summary>
    private const double TicksPerSecond = 100;

    private readonly ServerProcess _server;

    private BenchServer(ServerProcess server) => _server = server;

    public static async Task<BenchServer> StartAsync(CancellationToken stop) => new(await PrivateServers.PostgresAsync(stop));

    /// <summary>An empty database; how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken stop)
    {
        await ExecuteAsync(_server.Connection, $"CREATE DATABASE {name}", stop);
        return new NpgsqlConnectionStringBuilder(_server.Connection) { Database = name }.ConnectionString;
    }

    /// <summary>What all the server's processes have spent so far, those that have ended too.</summary>
    public TimeSpan CpuTime()
    {
        var pid = _server.Pid.ToString(CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (Stat(folder) is not { } stat) continue;
            if (Path.GetFileName(folder) == pid) ticks += Number(stat, UserTime) + Number(stat, KernelTime) + Number(stat, ChildrensUserTime) + Number(stat, ChildrensKernelTime);
            else if (stat[Parent] == pid) ticks += Number(stat, UserTime) + Number(stat, KernelTime);
        }
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public static async Task ExecuteAsync(string connectionString, string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
#pragma warning disable CA2100 // The statements stand in this program.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<long> CountAsync(string connectionString, string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
#pragma warning disable CA2100 // The statements stand in this program.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Null for what is no process, or has ended meanwhile.</summary>
    private static string[]? Stat(string folder)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(folder)[0])) return null;
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string[] stat, int field) => long.Parse(stat[field], CultureInfo.InvariantCulture);
}
