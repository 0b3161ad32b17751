using System.Text;
using Npgsql;

namespace Ingest.Torture.Receivers;

/// <summary>
/// A consumer as another team would write it: claims a few messages, and does its work with each and acknowledges it in one transaction. Its
/// work is a row in a table of its own.
/// </summary>
internal sealed class QueueConsumer(string connectionString)
{
    /// <summary>What this program is called with to be one.</summary>
    public const string Verb = "consume";
    public const string ConnectionVariable = "TORTURE_CONNECTION";

    private const string Group = "torture";
    private const int AtOnce = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>Consumes until its standard input ends, which it does when the caller dies.</summary>
    public static async Task<int> RunAsync()
    {
        using var ending = new CancellationTokenSource();
        var consuming = new QueueConsumer(Environment.GetEnvironmentVariable(ConnectionVariable)!).RunAsync(ending.Token);
        await Console.In.ReadToEndAsync(CancellationToken.None);
        await ending.CancelAsync();
        await consuming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <summary>Makes the table of its work.</summary>
    public static async Task PrepareAsync(string connectionString, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var create = source.CreateCommand("CREATE SCHEMA torture; CREATE TABLE torture.processed (payload text NOT NULL, at timestamptz NOT NULL DEFAULT now())");
        await create.ExecuteNonQueryAsync(stop);
    }

    /// <summary>What all consumers together have done.</summary>
    public static async Task<Ledger> ReadAsync(string connectionString, CancellationToken stop)
    {
        var ledger = new Ledger("postgres queue");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var read = source.CreateCommand("SELECT payload, at FROM torture.processed ORDER BY at");
        await using var rows = await read.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) ledger.Note(Encoding.UTF8.GetBytes(rows.GetString(0)), rows.GetFieldValue<DateTimeOffset>(1));
        return ledger;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await ConsumeAsync(source, stop)) await Task.Delay(Idle, _clock, stop);
            }
            catch (NpgsqlException)
            {
                // The server is away, or cut us off in the middle: what was claimed comes again after its lease.
                await Task.Delay(Idle, _clock, stop);
            }
        }
    }

    private async Task<bool> ConsumeAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        var claimed = await ClaimAsync(source, stop);
        foreach (var (receipt, payload) in claimed)
        {
            await Task.Delay(Work, _clock, stop);
            await ProcessAsync(source, receipt, payload, stop);
        }
        return claimed.Count > 0;
    }

    private static async Task<IReadOnlyList<(string Receipt, string Payload)>> ClaimAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var claim = source.CreateCommand("SELECT receipt, payload FROM ingest_claim($1, $2, $3)");
        claim.Parameters.Add(new() { Value = Group });
        claim.Parameters.Add(new() { Value = AtOnce });
        claim.Parameters.Add(new() { Value = Lease });
        await using var rows = await claim.ExecuteReaderAsync(stop);
        var claimed = new List<(string, string)>();
        while (await rows.ReadAsync(stop)) claimed.Add((rows.GetString(0), rows.GetString(1)));
        return claimed;
    }

    /// <summary>One statement, and so one transaction: without the acknowledgement, because another has it by now, there is no work either.</summary>
    private static async Task ProcessAsync(NpgsqlDataSource source, string receipt, string payload, CancellationToken stop)
    {
        await using var process = source.CreateCommand("INSERT INTO torture.processed (payload) SELECT $3 FROM ingest_ack($1, $2)");
        process.Parameters.Add(new() { Value = Group });
        process.Parameters.Add(new() { Value = new[] { receipt } });
        process.Parameters.Add(new() { Value = payload });
        await process.ExecuteNonQueryAsync(stop);
    }
}
