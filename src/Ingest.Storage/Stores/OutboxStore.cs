using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class OutboxStore(Database database, IOutboxReader reader) : IOutboxStore
{
    public Task RegisterAsync(string sink, DateTimeOffset? from, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await context.Deliveries.AnyAsync(row => row.Sink == sink, stop)) return;
        var cursor = await OutboxPlaces.BeforeAsync(context, from ?? DateTimeOffset.MaxValue, stop);
        context.Deliveries.Add(new DeliveryRow { Sink = sink, Cursor = cursor, Frontier = cursor });
        await context.SaveChangesAsync(stop);
    }, stop);

    public async Task<SinkPosition?> LeaseAsync(string sink, Lease lease, CancellationToken stop) => await database.WriteAsync(async context =>
    {
        var free = context.Deliveries.Where(row => row.Sink == sink && !row.Paused && (row.NextAttemptAt == null || row.NextAttemptAt <= lease.Now)
            && (row.LeaseOwner == null || row.LeaseOwner == lease.Owner || row.LeaseUntil <= lease.Now));
        if (await free.AsNoTracking().SingleOrDefaultAsync(stop) is not { } row) return null;
        // Prolonged when a quarter of it is gone: an idle relay writes little.
        var fresh = row.LeaseOwner == lease.Owner && row.LeaseUntil - lease.Now > (lease.Until - lease.Now) * 0.75;
        if (!fresh && await free.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseOwner, lease.Owner).SetProperty(row => row.LeaseUntil, lease.Until), stop) == 0) return null;
        return new SinkPosition(row.Cursor, row.Frontier, row.Attempts, await OutboxPlaces.NewestAsync(context, stop));
    }, stop);

    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop) => reader.ReadAsync(after, most, stop);

    public Task<IReadOnlyList<OutboxMessage>> ReadReplaysAsync(string sink, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<OutboxMessage>>(async context =>
    {
        var dead = context.DeadLetters.Where(row => row.Sink == sink && row.Replaying).OrderBy(row => row.Sequence).Take(most);
        var rows = await dead.Join(context.Outbox, letter => letter.Sequence, row => row.Sequence, (_, row) => row).OrderBy(row => row.Sequence).AsNoTracking().ToListAsync(stop);
        return [.. rows.Select(row => OutboxReader.MessageOf(row) with { IsReplay = true })];
    }, stop);

    public Task<bool> SettleAsync(string sink, string owner, Settlement settlement, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var moved = await context.Deliveries.Where(row => row.Sink == sink && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Cursor, settlement.Cursor)
            .SetProperty(row => row.Frontier, row => row.Frontier > settlement.Cursor ? row.Frontier : settlement.Cursor)
            .SetProperty(row => row.Delivered, row => row.Delivered + settlement.Delivered.Count)
            .SetProperty(row => row.LastDeliveredAt, row => settlement.Delivered.Count > 0 ? settlement.At : row.LastDeliveredAt)
            .SetProperty(row => row.Attempts, 0)
            .SetProperty(row => row.LastError, (string?)null)
            .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null), stop);
        if (moved == 0) return false;
        // Both are nothing for nearly every batch.
        if (await context.DeadLetters.AnyAsync(row => row.Sink == sink && row.Replaying, stop))
            await context.DeadLetters.Where(row => row.Sink == sink && row.Replaying && settlement.Delivered.Contains(row.Sequence)).ExecuteDeleteAsync(stop);
        if (settlement.Refused.Count > 0) await BuryAsync(context, sink, settlement, stop);
        return true;
    }, stop);

    private static async Task BuryAsync(IngestDbContext context, string sink, Settlement settlement, CancellationToken stop)
    {
        var sequences = settlement.Refused.Select(refusal => refusal.Message.Sequence).ToList();
        await context.DeadLetters.Where(row => row.Sink == sink && sequences.Contains(row.Sequence)).ExecuteDeleteAsync(stop);
        context.DeadLetters.AddRange(settlement.Refused.Select(refusal =>
            new DeadLetterRow { Sink = sink, Sequence = refusal.Message.Sequence, Error = refusal.Why, At = settlement.At }));
        await context.SaveChangesAsync(stop);
    }

    public Task BackOffAsync(string sink, string owner, string error, DateTimeOffset? nextAttemptAt, CancellationToken stop) => database.WriteAsync(context =>
        context.Deliveries.Where(row => row.Sink == sink && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Attempts, row => row.Attempts + 1)
            .SetProperty(row => row.LastError, error)
            .SetProperty(row => row.NextAttemptAt, nextAttemptAt)
            .SetProperty(row => row.Paused, nextAttemptAt == null), stop), stop);

    public Task ReleaseAsync(string sink, string owner, CancellationToken stop) => database.WriteAsync(context =>
        context.Deliveries.Where(row => row.Sink == sink && row.LeaseOwner == owner).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null)
            .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), stop), stop);
}
