using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class DeliveryDesk(Database database) : IDeliveryDesk
{
    public Task<IReadOnlyList<DeliverySummary>> ListAsync(CancellationToken stop) => database.ReadAsync<IReadOnlyList<DeliverySummary>>(async context =>
    {
        var newest = await OutboxPlaces.NewestAsync(context, stop);
        var rows = await context.Deliveries.AsNoTracking().OrderBy(row => row.Sink).Select(row => new
        {
            Row = row,
            Dead = context.DeadLetters.Count(letter => letter.Sink == row.Sink),
            Oldest = context.Outbox.Where(message => message.Sequence > row.Cursor).OrderBy(message => message.Sequence).Select(message => (DateTimeOffset?)message.CreatedAt).FirstOrDefault(),
        }).ToListAsync(stop);
        return [.. rows.Select(found => Summary(found.Row, newest, found.Oldest, found.Dead))];
    }, stop);

    private static DeliverySummary Summary(DeliveryRow row, long newest, DateTimeOffset? oldest, int dead) => new(
        row.Sink, row.Paused, row.Cursor, row.Delivered, Math.Max(0, newest - row.Cursor), oldest, dead, row.LastDeliveredAt, row.Attempts, row.LastError, row.NextAttemptAt);

    public Task<IReadOnlyList<ConsumerGroup>> ListConsumersAsync(CancellationToken stop) => database.ReadAsync<IReadOnlyList<ConsumerGroup>>(async context =>
        context is not PostgresIngestDbContext ? [] : await context.Database.SqlQuery<ConsumerGroup>($"""
            SELECT queue AS "Queue", consumer AS "Consumer", waiting AS "Waiting", in_flight AS "InFlight", dead AS "Dead", oldest_at AS "OldestAt" FROM ingest_queue_status()
            """).ToListAsync(stop), stop);

    public Task<IReadOnlyList<DeadLetter>> ListDeadAsync(string? sink, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<DeadLetter>>(async context =>
        await (
            from letter in context.DeadLetters
            where sink == null || letter.Sink == sink
            join message in context.Outbox on letter.Sequence equals message.Sequence
            orderby letter.At descending, letter.Sequence descending
            select new DeadLetter(letter.Sink, letter.Sequence, message.MessageId, letter.Error, letter.At, letter.Replaying)).Take(most).ToListAsync(stop), stop);

    public Task<bool> ResumeAsync(string sink, CancellationToken stop) => database.WriteAsync(async context => await ResumeAsync(context, sink, stop) == 1, stop);

    private static Task<int> ResumeAsync(IngestDbContext context, string sink, CancellationToken stop) =>
        context.Deliveries.Where(row => row.Sink == sink).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Attempts, 0)
            .SetProperty(row => row.Paused, false)
            .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null), stop);

    public Task<int> ReplayDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var chosen = Dead(context, sink, sequence);
        if (dryRun) return await chosen.CountAsync(stop);
        await ResumeAsync(context, sink, stop);
        return await chosen.ExecuteUpdateAsync(set => set.SetProperty(row => row.Replaying, true), stop);
    }, stop);

    public Task<long> ReplaySinceAsync(string sink, DateTimeOffset since, bool dryRun, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await context.Deliveries.SingleOrDefaultAsync(row => row.Sink == sink, stop) is not { } row) return 0;
        var place = await OutboxPlaces.BeforeAsync(context, since, stop);
        var again = await context.Outbox.LongCountAsync(message => message.Sequence > place && message.Sequence <= row.Cursor, stop);
        if (dryRun || again == 0) return again;
        // The relay that holds the sink loses it: what it has in hand must not move the cursor on again.
        (row.Cursor, row.LeaseOwner, row.LeaseUntil) = (place, null, null);
        await context.SaveChangesAsync(stop);
        await ResumeAsync(context, sink, stop);
        return again;
    }, stop);

    public Task<int> DropDeadAsync(string sink, long? sequence, bool dryRun, CancellationToken stop) => database.WriteAsync(context =>
        dryRun ? Dead(context, sink, sequence).CountAsync(stop) : Dead(context, sink, sequence).ExecuteDeleteAsync(stop), stop);

    public Task<long> DropWaitingAsync(string sink, DateTimeOffset before, bool dryRun, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await context.Deliveries.SingleOrDefaultAsync(row => row.Sink == sink, stop) is not { } row) return 0;
        var place = await OutboxPlaces.BeforeAsync(context, before, stop);
        var dropped = await context.Outbox.LongCountAsync(message => message.Sequence > row.Cursor && message.Sequence <= place, stop);
        if (dryRun || dropped == 0) return dropped;
        (row.Cursor, row.Frontier, row.LeaseOwner, row.LeaseUntil) = (place, Math.Max(place, row.Frontier), null, null);
        await context.SaveChangesAsync(stop);
        await ResumeAsync(context, sink, stop);
        return dropped;
    }, stop);

    public Task<bool> ForgetAsync(string sink, CancellationToken stop) => database.WriteAsync(async context =>
    {
        await context.DeadLetters.Where(row => row.Sink == sink).ExecuteDeleteAsync(stop);
        return await context.Deliveries.Where(row => row.Sink == sink).ExecuteDeleteAsync(stop) == 1;
    }, stop);

    private static IQueryable<DeadLetterRow> Dead(IngestDbContext context, string sink, long? sequence) =>
        context.DeadLetters.Where(row => row.Sink == sink && (sequence == null || row.Sequence == sequence));
}
