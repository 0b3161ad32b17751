namespace Ingest.Core.Feeds;

/// <summary>What a feed's document says of when it is worth asking for.</summary>
/// <param name="Ttl">How long a copy may be kept (RSS ttl); null when not said.</param>
/// <param name="UpdateEvery">How often it changes (the syndication module); null when not said.</param>
/// <param name="SkipHours">Hours in which it need not be asked for (RSS skipHours): bit n stands for the hour from n:00 UTC.</param>
/// <param name="SkipDays">Days, in UTC, on which it need not be asked for (RSS skipDays): bit n stands for the <see cref="DayOfWeek"/> n.</param>
public sealed record FeedSchedule(TimeSpan? Ttl = null, TimeSpan? UpdateEvery = null, int SkipHours = 0, int SkipDays = 0)
{
    private const int AllHours = (1 << 24) - 1;
    private const int AllDays = (1 << 7) - 1;

    /// <summary>A feed that says nothing.</summary>
    public static FeedSchedule None { get; } = new();

    /// <summary>The instant itself, or the end of the skipped hours and days that it lies in. A feed that skips always is not believed.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at)
    {
        if ((SkipHours & AllHours) == AllHours || (SkipDays & AllDays) == AllDays)
        {
            return at;
        }

        var open = at.ToUniversalTime();
        while (IsSkipped(open))
        {
            open = IsSkippedDay(open) ? new DateTimeOffset(open.Date, TimeSpan.Zero).AddDays(1) : new DateTimeOffset(open.Date, TimeSpan.Zero).AddHours(open.Hour + 1);
        }

        return open;
    }

    private bool IsSkipped(DateTimeOffset at) => IsSkippedDay(at) || (SkipHours & (1 << at.Hour)) != 0;

    private bool IsSkippedDay(DateTimeOffset at) => (SkipDays & (1 << (int)at.DayOfWeek)) != 0;
}
