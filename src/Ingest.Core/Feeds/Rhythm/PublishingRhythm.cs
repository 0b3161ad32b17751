using Ingest.Core.Web;

namespace Ingest.Core.Feeds.Rhythm;

/// <summary>
/// What a feed's past says of when it will bring entries: how many a day, at which hours, weekdays and minutes, and whether it has lately brought more or fewer than
/// that. Only a look that brings something changes it: that nothing came is told by the time that has passed, so an unchanged feed has nothing to save.
/// </summary>
public sealed record PublishingRhythm
{
    /// <summary>Before anything is known: half an entry in half a day.</summary>
    private const double PriorEntries = 0.5;
    private const double PriorDays = 0.5;

    /// <summary>Half of what is remembered is the last forty entries, if they cover two weeks, for a rhythm has weekdays; and not more than four months.</summary>
    private const double RememberedEntries = 40;
    private const double ShortestHalfLife = 14;
    private const double LongestHalfLife = 120;

    private static readonly TimeSpan DayMemory = TimeSpan.FromHours(24);
    private static readonly TimeSpan HourMemory = TimeSpan.FromHours(1);

    /// <summary>Entries to be expected that speak for the usual, against what has come lately.</summary>
    private const double DayPrior = 8;
    private const double HourPrior = 2;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongStep = TimeSpan.FromHours(1);

    /// <summary>From here on the forecast goes by whole hours: the minutes even out.</summary>
    private static readonly TimeSpan NearFuture = TimeSpan.FromHours(12);

    /// <summary>A poll is due when this share of a document may be new: entries beyond the document are lost, and more may come than expected.</summary>
    private const double MostOfDocument = 0.4;

    /// <summary>A feed that has been silent for longer than this is asked at most once in a fiftieth of its silence: weekly after a year, monthly after four.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromDays(60);
    private const double ShareOfSilence = 1d / 50;

    internal DateTimeOffset AsOf { get; init; }

    /// <summary>The beginning of what is known.</summary>
    internal DateTimeOffset Began { get; init; }
    internal double Entries { get; init; }
    internal double Days { get; init; }
    internal RhythmShape Shape { get; init; } = RhythmShape.Flat;
    internal RecentActivity Day { get; init; }
    internal RecentActivity Hour { get; init; }
    internal DateTimeOffset? Latest { get; init; }
    internal int Shown { get; init; }

    /// <summary>One in five gaps between entries is shorter; null as long as there was none.</summary>
    internal TimeSpan? ShortGap { get; init; }

    /// <summary>What the publisher's documents say of when it is worth asking.</summary>
    public FeedSchedule Said { get; init; } = FeedSchedule.None;

    /// <summary>A document with entries has been seen.</summary>
    public bool HasSeenEntries => Shown > 0;

    private double PerDay => (PriorEntries + Entries) / (PriorDays + Days);

    /// <summary>Entries a day, over the time that is remembered.</summary>
    public double PerDayAt(DateTimeOffset now)
    {
        var (memory, fade) = Faded(now);
        return (PriorEntries + (Entries * fade)) / (PriorDays + (Days * fade) + (memory * (1 - fade)));
    }

    /// <summary>The rhythm of a feed whose document is seen for the first time: its entries' dates tell of the time before.</summary>
    public static PublishingRhythm Begin(Sighting look)
    {
        var arrivals = FirstDocument.Arrivals(look);
        var unknown = new PublishingRhythm { AsOf = look.At, Began = look.At, Shown = look.Shown ?? 0 };
        if (arrivals.Count == 0) return unknown;
        var span = (look.At - arrivals[0].From).TotalDays;
        var memory = Memory(arrivals.Count / span);
        var rhythm = unknown with
        {
            AsOf = arrivals[0].From,
            Began = arrivals[0].From,
            Entries = arrivals.Sum(arrival => Math.Exp(-(look.At - arrival.Middle).TotalDays / memory)),
            Days = memory * (1 - Math.Exp(-span / memory)),
            Shape = RhythmShape.Flat.With(1, arrivals, arrivals[0].From, look.At),
        };
        return rhythm.Lately(look.At, arrivals) with { AsOf = look.At, Latest = arrivals[^1].Middle, ShortGap = rhythm.GapAfter(arrivals) };
    }

    /// <summary>The rhythm after a look that brought entries.</summary>
    public PublishingRhythm After(Sighting look)
    {
        var since = look.Since ?? AsOf;
        var arrivals = look.Dates.Select(date => ArrivalOf(date, since, look.At)).OrderBy(arrival => arrival.Middle).ToList();
        if (arrivals.Count == 0) return this;
        var (memory, fade) = Faded(look.At);
        return Lately(look.At, arrivals) with
        {
            AsOf = look.At,
            Entries = (Entries * fade) + arrivals.Count,
            Days = (Days * fade) + (memory * (1 - fade)),
            Shape = Shape.With(fade, arrivals, Began, look.At),
            Latest = arrivals[^1].Middle,
            Shown = look.Shown ?? Shown,
            ShortGap = GapAfter(arrivals),
        };
    }

    /// <summary>A date is believed where it lies between the two looks; otherwise the entry appeared at some time between them, whatever it says.</summary>
    private static ArrivalWindow ArrivalOf(DateTimeOffset? date, DateTimeOffset since, DateTimeOffset at) =>
        date is { } said && said > since && said <= at && !FirstDocument.IsMidnight(said) ? new ArrivalWindow(said, said) : new ArrivalWindow(since, at);

    private static double Memory(double perDay) => Math.Clamp(RememberedEntries / perDay, ShortestHalfLife, LongestHalfLife) / Math.Log(2);

    private (double Memory, double Fade) Faded(DateTimeOffset now)
    {
        var memory = Memory(PerDay);
        return (memory, Math.Exp(-Math.Max(0, (now - AsOf).TotalDays) / memory));
    }

    private TimeSpan? GapAfter(IEnumerable<ArrivalWindow> arrivals)
    {
        var (gap, last) = (ShortGap, Latest);
        foreach (var arrival in arrivals)
        {
            if (arrival.Middle - last is { } found && found > Step) gap = gap is { } known ? known * (found < known ? 0.8 : 1.06) : found;
            last = arrival.Middle;
        }
        return gap;
    }

    /// <summary>When the feed should be looked at again, after a look at <paramref name="now"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset now, PollBounds bounds)
    {
        var wait = Longer(Wait(now, bounds), Believed(now, bounds));
        if (now - Latest is { } silence && silence > LongSilence) wait = Longer(wait, silence * ShareOfSilence);
        var next = now + Longer(wait, bounds.Shortest);
        var open = Said.NextOpen(next);
        return open - now > bounds.Longest ? now + bounds.Longest : open;
    }

    /// <summary>
    /// An interval that the publisher names counts as far as the entries bear it out, for most are a template's default (60 min) also where something comes every
    /// ten minutes. Where nothing is known of the entries it counts up to a day.
    /// </summary>
    private TimeSpan Believed(DateTimeOffset now, PollBounds bounds)
    {
        var said = PollAdvice.Of(Said, new FreshnessHeaders(), retryAfter: null, now, bounds.Shortest, bounds.Longest).Interval ?? TimeSpan.Zero;
        var known = ShortGap ?? TimeSpan.FromDays(1);
        return said < known ? said : known;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>
    /// The time after which the entries that are likely to come by then will have waited for as long as the bounds say, all together. At a steady rate that is the
    /// square root of twice the waiting by the rate: what polls cost and what waiting costs are then in balance for all feeds (the same number of polls spread
    /// otherwise makes the entries wait longer).
    /// </summary>
    private TimeSpan Wait(DateTimeOffset now, PollBounds bounds)
    {
        var (day, hour) = (DayAt(now).Factor(DayPrior) - 1, HourAt(now).Factor(HourPrior) - 1);
        var (perDay, budget) = (PerDayAt(now), bounds.Waiting.TotalDays);
        var most = Shown > 0 ? Shown * MostOfDocument : double.MaxValue;
        var (expected, waited, wait) = (0d, 0d, TimeSpan.Zero);
        while (wait < bounds.Longest)
        {
            var step = wait < NearFuture ? Step : LongStep;
            var at = now + wait;
            var near = Math.Exp(-wait / DayMemory);
            var rate = perDay * (wait < NearFuture ? Shape.At(at) : Shape.OfHour(at)) * (1 + (day * near)) * (1 + (hour * Math.Exp(-wait / HourMemory)));
            var length = step.TotalDays;
            var grown = waited + (expected * length) + (rate * length * length / 2);
            if (grown >= budget) return wait + (step * Crossing(budget - waited, expected, rate, length));
            (waited, expected, wait) = (grown, expected + (rate * length), wait + step);
            if (expected >= most) return wait;
        }
        return bounds.Longest;
    }

    /// <summary>The share of a step after which its waiting has grown by <paramref name="left"/>: a root of rate·x²/2 + expected·x − left.</summary>
    private static double Crossing(double left, double expected, double rate, double length) =>
        Math.Clamp(2 * left / (expected + Math.Sqrt((expected * expected) + (2 * rate * left))) / length, 0, 1);

    private PublishingRhythm Lately(DateTimeOffset now, IReadOnlyList<ArrivalWindow> arrivals) => this with
    {
        Day = DayAt(now).Plus(now, DayMemory, arrivals),
        Hour = HourAt(now).Plus(now, HourMemory, arrivals),
    };

    private RecentActivity DayAt(DateTimeOffset now) => Day.Later(AsOf, now, DayMemory, at => PerDay * Shape.OfHour(at));

    private RecentActivity HourAt(DateTimeOffset now) => Hour.Later(AsOf, now, HourMemory, at => PerDay * Shape.At(at));
}
