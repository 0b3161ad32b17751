using System.Buffers.Binary;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class RetentionStore(Database database) : IRetentionStore
{
    public Task<Guid?> DropPagesAsync(Guid? after, DateTimeOffset before, int most, CancellationToken stop) => database.WriteAloneAsync<Guid?>(async context =>
    {
        // A page is fetched after its article was first seen, and that time is in the id: what is older lies together, and needs no index.
        var (first, end) = (after ?? Guid.Empty, FirstIdAt(before));
        var walked = await context.RawPages.Where(row => row.ArticleId.CompareTo(first) > 0 && row.ArticleId.CompareTo(end) < 0)
            .OrderBy(row => row.ArticleId).Select(row => row.ArticleId).Take(most).ToListAsync(stop);
        if (walked.Count == 0) return null;
        await context.RawPages.Where(row => walked.Contains(row.ArticleId) && row.FetchedAt < before).ExecuteDeleteAsync(stop);
        return walked[^1];
    }, stop);

    public Task<Guid?> DropTextsAsync(Guid? after, DateTimeOffset before, int most, CancellationToken stop) => database.WriteAloneAsync<Guid?>(async context =>
    {
        var (first, end) = (after ?? Guid.Empty, FirstIdAt(before));
        var walked = await context.Articles.Where(row => row.Id.CompareTo(first) > 0 && row.Id.CompareTo(end) < 0)
            .OrderBy(row => row.Id).Select(row => row.Id).Take(most).ToListAsync(stop);
        if (walked.Count == 0) return null;
        await context.Articles.Where(row => walked.Contains(row.Id) && row.State == ArticleState.Ingested && row.Data != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Data, (string?)null), stop);
        return walked[^1];
    }, stop);

    public Task<long?> DropMessagesAsync(long? after, DateTimeOffset before, int most, CancellationToken stop) => database.WriteAloneAsync<long?>(async context =>
    {
        if (await context.Deliveries.MinAsync(row => (long?)row.Cursor, stop) is not { } delivered) return null;
        var (first, end) = (after ?? 0, Math.Min(delivered, await OutboxPlaces.BeforeAsync(context, before, stop)));
        var walked = await context.Outbox.Where(row => row.Sequence > first && row.Sequence <= end).OrderBy(row => row.Sequence).Select(row => row.Sequence).Take(most).ToListAsync(stop);
        if (walked.Count > 0) await Unclaimed(context).Where(row => walked.Contains(row.Sequence) && !context.DeadLetters.Any(letter => letter.Sequence == row.Sequence)).ExecuteDeleteAsync(stop);
        else await DropQueueLogAsync(context, stop);
        return walked.Count > 0 ? walked[^1] : null;
    }, stop);

    // A feed's failure is what says that the feed is not polled: it stays.
    public Task<long?> DropFailuresAsync(long? after, DateTimeOffset before, int most, CancellationToken stop) => database.WriteAloneAsync<long?>(async context =>
    {
        var old = await context.Failures.Where(row => row.Job == JobKind.IngestArticle && row.NextRetryAt == null && row.LastAt < before)
            .OrderBy(row => row.LastAt).ThenBy(row => row.Id).Select(row => row.Id).Take(most).ToListAsync(stop);
        if (old.Count == 0) return null;
        await FailureActions.OvertakeAsync(context, context.Failures.Where(row => old.Contains(row.Id)), stop);
        await FailureActions.DropAsync(context, old, stop);
        return old[^1];
    }, stop);

    public Task<long?> DropAuditAsync(long? after, DateTimeOffset before, int most, CancellationToken stop) => database.WriteAloneAsync<long?>(async context =>
    {
        var old = await context.Audit.Where(row => row.At < before).OrderBy(row => row.At).Select(row => row.Id).Take(most).ToListAsync(stop);
        if (old.Count == 0) return null;
        await context.Audit.Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(stop);
        return old[^1];
    }, stop);

    /// <summary>What no consumer group of a queue has before it.</summary>
    private static IQueryable<OutboxRow> Unclaimed(IngestDbContext context) => context is not PostgresIngestDbContext
        ? context.Outbox
        : context.Outbox.FromSql($"SELECT * FROM outbox AS message WHERE NOT EXISTS (SELECT FROM queue_entries AS entry WHERE entry.sequence = message.sequence)");

    private static async Task DropQueueLogAsync(IngestDbContext context, CancellationToken stop)
    {
        if (context is PostgresIngestDbContext)
            await context.Database.ExecuteSqlAsync($"DELETE FROM queue_log WHERE sequences[cardinality(sequences)] < (SELECT min(sequence) FROM outbox)", stop);
    }

    /// <summary>The least of the ids (UUID version 7, RFC 9562) that are made at an instant: 48 bits of milliseconds, and zeros.</summary>
    private static Guid FirstIdAt(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(id, bigEndian: true);
    }
}
