using Ingest.Core.Web;

namespace Ingest.Core.Feeds;

/// <summary>What a publisher has said of when to ask again: a wish, apart from what a feed's own rhythm has taught.</summary>
/// <param name="Interval">How long to wait, within the bounds: the longest that was said; null when nothing was.</param>
/// <param name="Source">Which hint that is; null when there is none.</param>
/// <param name="NotBefore">Before this the publisher asks not to be asked: the end of a Retry-After, and of the skipped hours and days it ends in.</param>
public sealed record PollAdvice(TimeSpan? Interval, PollHint? Source, DateTimeOffset NotBefore)
{
    /// <param name="schedule">What the document says.</param>
    /// <param name="freshness">What HTTP says of the document.</param>
    /// <param name="retryAfter">How long an answer asked to be left alone; null when it did not.</param>
    public static PollAdvice Of(FeedSchedule schedule, FreshnessHeaders freshness, TimeSpan? retryAfter, DateTimeOffset now, TimeSpan min, TimeSpan max)
    {
        var said = new (TimeSpan? Interval, PollHint Source)[]
        {
            (schedule.Ttl, PollHint.Ttl), (schedule.UpdateEvery, PollHint.UpdatePeriod),
            (HttpFreshness.Left(freshness, now), freshness.CacheControl is not null ? PollHint.CacheControl : PollHint.Expires),
        };
        var (longest, source) = said.Where(hint => hint.Interval > TimeSpan.Zero).DefaultIfEmpty().MaxBy(hint => hint.Interval);
        return new PollAdvice(
            longest is { } interval ? Within(interval, min, max) : null, longest is null ? null : source,
            schedule.NextOpen(now + Within(retryAfter ?? TimeSpan.Zero, TimeSpan.Zero, max)));
    }

    private static TimeSpan Within(TimeSpan interval, TimeSpan min, TimeSpan max) => interval < min ? min : interval > max ? max : interval;
}

/// <summary>Where an interval was said.</summary>
public enum PollHint
{
    Ttl,
    UpdatePeriod,
    CacheControl,
    Expires,
}
