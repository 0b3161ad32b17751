using Ingest.Pipeline.Ports;
using Npgsql;

namespace Ingest.Delivery.PostgresQueue;

/// <summary>
/// The queue in the database where the outbox is: only the messages' numbers are written, and consumers in any language take them through SQL functions
/// (<c>Ingest.Storage/Postgres/Queue</c>). What a crash brings a second time is recognised by its number, so that each message is queued exactly once.
/// </summary>
public sealed class PostgresQueueSink(string name, NpgsqlDataSource database) : ISink
{
    public string Name => name;

    public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        // One statement is one transaction.
        await using var append = database.CreateCommand("SELECT queue_append($1, $2, $3)");
        append.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        append.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Numbers(batch, replayed: false) });
        append.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Numbers(batch, replayed: true) });
        try
        {
            await append.ExecuteNonQueryAsync(stop);
            return DeliveryOutcome.Accepted(batch);
        }
        catch (NpgsqlException error)
        {
            return DeliveryOutcome.Unavailable(error.Message);
        }
    }

    private static long[] Numbers(IReadOnlyList<OutboxMessage> batch, bool replayed) =>
        [.. batch.Where(message => message.IsReplay == replayed).Select(message => message.Sequence)];
}
