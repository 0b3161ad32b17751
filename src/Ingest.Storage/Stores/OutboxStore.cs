using System.Text;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class OutboxStore(Database database) : IOutboxStore
{
    public async Task<SinkCursor?> LeaseAsync(string sink, Lease lease, CancellationToken stop) => await database.WriteAsync(async context =>
    {
        var row = await context.Deliveries.SingleOrDefaultAsync(row => row.Sink == sink, stop);
        if (row is null) context.Deliveries.Add(row = new DeliveryRow { Sink = sink });
        if (row.LeaseOwner is { } owner && owner != lease.Owner && row.LeaseUntil > lease.Now) return null;
        if (row.NextAttemptAt > lease.Now) return null;
        // Prolonged when half of it is gone: an idle relay writes little.
        if (row.LeaseOwner != lease.Owner || row.LeaseUntil - lease.Now < (lease.Until - lease.Now) / 2) (row.LeaseOwner, row.LeaseUntil) = (lease.Owner, lease.Until);
        await context.SaveChangesAsync(stop);
        return new SinkCursor(row.Cursor, row.Attempts);
    }, stop);

    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<OutboxMessage>>(async context =>
    {
        var rows = await context.Outbox.AsNoTracking().Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(most).ToListAsync(stop);
        return [.. rows.Select(row => new OutboxMessage(row.Sequence, row.MessageId, row.Type, Encoding.UTF8.GetBytes(row.Payload)))];
    }, stop);

    public Task AdvanceAsync(string sink, long to, int count, DateTimeOffset at, CancellationToken stop) => database.WriteAsync(context =>
        context.Deliveries.Where(row => row.Sink == sink).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Cursor, to)
            .SetProperty(row => row.Delivered, row => row.Delivered + count)
            .SetProperty(row => row.LastDeliveredAt, at)
            .SetProperty(row => row.Attempts, 0)
            .SetProperty(row => row.LastError, (string?)null)
            .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null), stop), stop);

    public Task BackOffAsync(string sink, string error, DateTimeOffset nextAttemptAt, CancellationToken stop) => database.WriteAsync(context =>
        context.Deliveries.Where(row => row.Sink == sink).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Attempts, row => row.Attempts + 1)
            .SetProperty(row => row.LastError, error)
            .SetProperty(row => row.NextAttemptAt, nextAttemptAt), stop), stop);

    public Task ReleaseAsync(string sink, string owner, CancellationToken stop) => database.WriteAsync(context =>
        context.Deliveries.Where(row => row.Sink == sink && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null)
            .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), stop), stop);
}
