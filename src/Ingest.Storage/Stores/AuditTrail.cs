using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class AuditTrail(Database database, TimeProvider clock) : IAuditTrail
{
    /// <summary>A choice is written by a person, or by whoever sends what a person would.</summary>
    private const int LongestChoice = 500;

    public Task<long> RecordAsync(ByHand by, string action, string choice, long count, CancellationToken stop) =>
        database.WriteAsync(context => AddAsync(context, by, action, choice, count, clock.GetUtcNow(), stop), stop);

    /// <summary>The same, within a transaction.</summary>
    public static async Task<long> AddAsync(IngestDbContext context, ByHand by, string action, string choice, long count, DateTimeOffset at, CancellationToken stop)
    {
        var row = new AuditRow
        {
            At = at,
            Who = Short(by.Who),
            Source = by.From,
            Address = by.Address is { } address ? Short(address) : null,
            Action = action,
            Choice = Short(choice),
            Count = count,
        };
        context.Audit.Add(row);
        await context.SaveChangesAsync(stop);
        return row.Id;
    }

    private static string Short(string text) => text.Length <= LongestChoice ? text : text[..(LongestChoice - 1)] + "…";

    public Task<IReadOnlyList<AuditItem>> ListAsync(long? before, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<AuditItem>>(async context =>
        await context.Audit.Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(most)
            .Select(row => new AuditItem(row.Id, row.At, row.Who, row.Source, row.Address, row.Action, row.Choice, row.Count)).ToListAsync(stop), stop);
}
