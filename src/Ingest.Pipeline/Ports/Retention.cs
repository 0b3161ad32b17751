namespace Ingest.Pipeline.Ports;

/// <summary>
/// Takes away what has been kept long enough, in short transactions. Each call is one, over the oldest first, and tells where it ended, or null when
/// nothing old is left, or another worker is at it.
/// </summary>
public interface IRetentionStore
{
    /// <summary>Removes raw pages that were fetched before an instant.</summary>
    /// <param name="after">Where the last call ended; null at the beginning.</param>
    Task<Guid?> DropPagesAsync(Guid? after, DateTimeOffset before, int most, CancellationToken stop);

    /// <summary>Empties ingested articles that were first seen before an instant; title, address and counts stay.</summary>
    Task<Guid?> DropTextsAsync(Guid? after, DateTimeOffset before, int most, CancellationToken stop);

    /// <summary>Removes messages that were written before an instant and that no sink and no dead letter needs any more.</summary>
    Task<long?> DropMessagesAsync(long? after, DateTimeOffset before, int most, CancellationToken stop);

    /// <summary>Removes failures of articles that nothing retries and that last failed before an instant, and gives up the articles.</summary>
    Task<long?> DropFailuresAsync(long? after, DateTimeOffset before, int most, CancellationToken stop);

    /// <summary>Removes lines of the audit that were written before an instant.</summary>
    Task<long?> DropAuditAsync(long? after, DateTimeOffset before, int most, CancellationToken stop);
}
