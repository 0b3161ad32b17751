using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>Finds places in the outbox.</summary>
internal static class OutboxPlaces
{
    /// <summary>0 when it is empty.</summary>
    public static async Task<long> NewestAsync(IngestDbContext context, CancellationToken stop) =>
        await context.Outbox.MaxAsync(row => (long?)row.Sequence, stop) ?? 0;

    /// <summary>
    /// The position before the first message since an instant. Sequences and times rise together, so it is found by halving: some twenty look-ups by
    /// key instead of a walk through the table or an index that every message would pay for.
    /// </summary>
    public static async Task<long> BeforeAsync(IngestDbContext context, DateTimeOffset since, CancellationToken stop)
    {
        var (low, high) = ((await context.Outbox.MinAsync(row => (long?)row.Sequence, stop) ?? 1) - 1, await NewestAsync(context, stop));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var next = await context.Outbox.Where(row => row.Sequence > middle).OrderBy(row => row.Sequence).Select(row => new { row.Sequence, row.CreatedAt }).FirstAsync(stop);
            if (next.CreatedAt >= since) high = middle;
            else low = next.Sequence;
        }
        return low;
    }
}
