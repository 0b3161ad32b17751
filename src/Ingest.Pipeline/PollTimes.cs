using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Rhythm;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Options;

namespace Ingest.Pipeline;

/// <summary>When a feed is polled next, after a poll that went well: by its own rhythm, or once in a while where a hub brings its news.</summary>
public sealed class PollTimes(IOptions<ScheduleOptions> schedule, IOptions<WebSubOptions> webSub, Random random)
{
    /// <summary>Waits differ by up to this share, so that feeds which were subscribed together do not stay together.</summary>
    private const double Jitter = 0.05;

    /// <summary>What a document has taught of a feed's rhythm; null when that stays as it was.</summary>
    /// <param name="document">Null when the document was the same as before.</param>
    /// <param name="fresh">What another feed brought first is not among them: this feed is worth fewer polls.</param>
    public static PublishingRhythm? Learn(FeedToPoll feed, ParsedFeed? document, IReadOnlyList<NewArticle> fresh, DateTimeOffset now)
    {
        if (document is null) return feed.Rhythm is null ? PublishingRhythm.Begin(new Sighting(now, Since: null, [], Shown: 0)) : null;
        var learnt = feed.Rhythm is not { HasSeenEntries: true }
            ? PublishingRhythm.Begin(new Sighting(now, Since: null, [.. document.Entries.Select(entry => entry.Published ?? entry.Updated)], document.Entries.Count))
            : After(feed.Rhythm, feed, document.Entries.Count, fresh, now);
        return ReferenceEquals(learnt, feed.Rhythm) && learnt.Said == document.Schedule ? null : learnt with { Said = document.Schedule };
    }

    /// <summary>The same for what a hub has brought, which is a part of the document: what that shows and says stays as it was.</summary>
    public static PublishingRhythm? LearnPart(FeedToPoll feed, IReadOnlyList<NewArticle> fresh, DateTimeOffset now) =>
        feed.Rhythm is { } rhythm && fresh.Count > 0 ? After(rhythm, feed, shown: null, fresh, now) : null;

    private static PublishingRhythm After(PublishingRhythm rhythm, FeedToPoll feed, int? shown, IReadOnlyList<NewArticle> fresh, DateTimeOffset now) => fresh.Count == 0
        ? rhythm
        : rhythm.After(new Sighting(now, LastLook(feed), [.. fresh.Select(article => article.Entry.PublishedAt ?? article.Entry.ModifiedAt)], shown));

    // After a failure the last poll saw nothing; when the last good one was is not kept, but it was not before the last whole document.
    private static DateTimeOffset? LastLook(FeedToPoll feed) => feed.Attempts > 0 ? feed.LastFullFetchAt : feed.LastPolledAt;

    public DateTimeOffset Next(FeedToPoll feed, PublishingRhythm? learnt, DateTimeOffset now)
    {
        var options = schedule.Value;
        var rhythm = learnt ?? feed.Rhythm ?? PublishingRhythm.Begin(new Sighting(now, Since: null, [], Shown: 0));
        var wait = rhythm.Next(now, new PollBounds(options.WaitingPerPoll, options.MinInterval, options.MaxInterval)) - now;
        if (IsPushed(feed, now) && wait < webSub.Value.SafetyPoll) wait = webSub.Value.SafetyPoll;
        return now + (wait * (1 + (Jitter * ((2 * random.NextDouble()) - 1))));
    }

    /// <summary>A hub has brought this feed's news lately, and will go on.</summary>
    public bool IsPushed(FeedToPoll feed, DateTimeOffset now) => webSub.Value.CallbackUrl is not null && feed.PushedUntil > now;
}
