using System.Text;
using System.Text.Json;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>Reads the outbox so that nothing is ever passed over. How, depends on whether the database commits in the order in which it numbers.</summary>
internal interface IOutboxReader
{
    /// <summary>See <see cref="IOutboxStore.ReadAsync"/>.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop);
}

/// <summary>For one writer at a time: what has the next number is committed next.</summary>
internal sealed class OutboxReader(Database database) : IOutboxReader
{
    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(long after, int most, CancellationToken stop) => database.ReadAsync<IReadOnlyList<OutboxMessage>>(async context =>
    {
        var rows = await context.Outbox.AsNoTracking().Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(most).ToListAsync(stop);
        return [.. rows.Select(MessageOf)];
    }, stop);

    public static OutboxMessage MessageOf(OutboxRow row) => new(
        row.Sequence, row.MessageId, row.Type, row.CreatedAt,
        new MessageLabels(row.FeedId, new Uri(row.FeedUrl), row.Language, TagsOf(row.Tags)), Encoding.UTF8.GetBytes(row.Payload));

    public static IReadOnlyList<string> TagsOf(string json) => JsonSerializer.Deserialize<string[]>(json)!;
}
