namespace Ingest.Pipeline;

/// <summary>
/// The clock that all workers share. Where the database is a server it is the database's: its last reading and the time that has passed here since, so that
/// neither a machine whose clock is wrong nor one whose clock is set anew steals leases or loses its own. Otherwise it is the machine's.
/// </summary>
public sealed class ClusterClock(TimeProvider machine) : TimeProvider
{
    private volatile Reading? _reading;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _reading is { } last ? last.At + machine.GetElapsedTime(last.Timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the clock by a reading that was asked for at <paramref name="asked"/> (a timestamp) and has just come: it was taken half-way between.</summary>
    public void Follow(DateTimeOffset reading, long asked) => _reading = new Reading(reading + (machine.GetElapsedTime(asked) / 2), machine.GetTimestamp());

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}
