namespace Ingest.Storage.Postgres;

/// <summary>The names of our advisory locks: numbers, alike in all programs that share the database.</summary>
internal static class AdvisoryLocks
{
    private const long Ours = 0x696E67657374_00;

    public const long Migration = Ours + 1;

    /// <summary>Shared by whoever writes to the outbox, until it commits; alone, it means that nobody does.</summary>
    public const long Outbox = Ours + 2;

    public const long Upkeep = Ours + 3;
}
