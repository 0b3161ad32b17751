using Ingest.Pipeline;

namespace Ingest.Storage;

/// <summary>Sets the workers' clock by the database's, where that is a server.</summary>
public sealed class DatabaseClock
{
    private readonly Database _database;
    private readonly ClusterClock _clock;

    internal DatabaseClock(Database database, ClusterClock clock) => (_database, _clock) = (database, clock);

    public DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public async Task FollowAsync(CancellationToken stop)
    {
        var asked = _clock.GetTimestamp();
        if (await _database.ClockAsync(stop) is { } now) _clock.Follow(now, asked);
    }
}
