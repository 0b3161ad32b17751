using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Rhythm;

namespace Ingest.UnitTests.Feeds;

public sealed class PublishingRhythmTests
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    private static readonly PollBounds Bounds = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromDays(30));

    [Theory]
    [InlineData("ten an hour: 8 min", 6, 5, 12)]
    [InlineData("one an hour: 24 min", 60, 15, 40)]
    [InlineData("one every four hours: 49 min", 240, 30, 90)]
    public void The_wait_is_the_root_of_twice_the_waiting_by_the_rate(string reason, int minutesApart, double least, double most)
    {
        var wait = Steady(TimeSpan.FromMinutes(minutesApart), 100).Next(Now, Bounds) - Now;
        Assert.True(wait.TotalMinutes >= least && wait.TotalMinutes <= most, $"{reason}: {wait}");
    }

    [Fact]
    public void A_weekly_column_is_looked_for_on_its_day_and_at_its_hour()
    {
        // Tuesdays at nine.
        var column = Begin([.. Enumerable.Range(0, 12).Select(week => new DateTimeOffset(2026, 11, 17, 9, 0, 0, TimeSpan.Zero).AddDays(-7 * week))]);
        var before = new DateTimeOffset(2026, 11, 24, 8, 30, 0, TimeSpan.Zero);
        Assert.InRange((column.Next(before, Bounds) - before).TotalMinutes, 5, 60);
        Assert.InRange((column.Next(Now, Bounds) - Now).TotalHours, 4, 24);
    }

    [Fact]
    public void A_burst_shortens_the_wait_and_an_hour_later_it_is_over()
    {
        var steady = Steady(TimeSpan.FromHours(2), 40);
        var look = Now.AddMinutes(30);
        var burst = steady.After(new Sighting(look, Now, [look.AddMinutes(-20), look.AddMinutes(-12), look.AddMinutes(-6), look.AddMinutes(-2)], 40));
        Assert.True(burst.Next(look, Bounds) - look < (steady.Next(look, Bounds) - look) * 0.75);
        var later = look.AddDays(4);
        Assert.InRange((burst.Next(later, Bounds) - later) / (steady.Next(later, Bounds) - later), 0.8, 1.25);
    }

    [Theory]
    [InlineData("half a year", 182, 3, 4)]
    [InlineData("a year", 365, 7, 7.5)]
    [InlineData("ten years", 3650, 30, 30)]
    public void Whoever_is_silent_for_long_is_asked_seldom_but_never_never(string reason, int days, double least, double most)
    {
        var silent = Steady(TimeSpan.FromDays(1), 10, Now.AddDays(-days));
        var wait = silent.Next(Now, Bounds) - Now;
        Assert.True(wait.TotalDays >= least && wait.TotalDays <= most, $"{reason}: {wait}");
    }

    [Theory]
    [InlineData("entries every ten minutes speak against an hour", 10, 60, false)]
    [InlineData("entries every three hours do not", 180, 60, true)]
    [InlineData("a month, for a feed of every hour, is nonsense", 60, 43_200, false)]
    public void A_hint_counts_as_far_as_the_entries_bear_it_out(string reason, int minutesApart, int ttl, bool counts)
    {
        var rhythm = Steady(TimeSpan.FromMinutes(minutesApart), 50) with { Said = new FeedSchedule(Ttl: TimeSpan.FromMinutes(ttl)) };
        Assert.True(counts == rhythm.Next(Now, Bounds) >= Now.AddMinutes(ttl), reason);
    }

    [Fact]
    public void Hours_that_the_publisher_skips_are_skipped()
    {
        var rhythm = Steady(TimeSpan.FromHours(1), 50) with { Said = new FeedSchedule(SkipHours: 0b1111 << 12) };
        Assert.Equal(Now.AddHours(4), rhythm.Next(Now, Bounds));
    }

    [Fact]
    public void Before_more_comes_than_a_document_shows_it_is_asked_for_again()
    {
        var few = Begin([.. Enumerable.Range(0, 10).Select(i => Now.AddMinutes(-20 * i))], shown: 10);
        var patient = Bounds with { Waiting = TimeSpan.FromDays(10) };
        Assert.InRange((few.Next(Now, patient) - Now).TotalMinutes, 20, 180);
    }

    [Fact]
    public void Dates_of_the_moment_teach_nothing_and_dates_that_lie_only_that_something_came()
    {
        var made = Begin([.. Enumerable.Range(0, 30).Select(i => Now.AddSeconds(i))]);
        Assert.Equal(Begin([]).Next(Now, Bounds), made.Next(Now, Bounds));
        var look = Now.AddHours(2);
        var lied = Steady(TimeSpan.FromHours(2), 40).After(new Sighting(look, Now, [new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero), null], 40));
        Assert.Equal(Now.AddHours(1), lied.Latest);
    }

    [Fact]
    public void A_rhythm_survives_as_a_few_bytes_and_other_bytes_are_none()
    {
        var rhythm = Steady(TimeSpan.FromHours(3), 40) with { Said = new FeedSchedule(TimeSpan.FromMinutes(60), null, 0b110, 0b1) };
        var bytes = RhythmBytes.Write(rhythm);
        Assert.InRange(bytes.Length, 1, 200);
        var read = RhythmBytes.Read(bytes)!;
        Assert.Equal(rhythm.Said, read.Said);
        Assert.InRange((read.Next(Now, Bounds) - rhythm.Next(Now, Bounds)).TotalSeconds, -30, 30);
        for (var length = 0; length < bytes.Length; length++) Assert.Null(RhythmBytes.Read(bytes[..length]));
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(1, damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (RhythmBytes.Read(damaged) is { } other) Assert.InRange(other.Next(Now, Bounds), Now + Bounds.Shortest, Now + Bounds.Longest);
        }
    }

    [Fact]
    public void Whatever_the_dates_are_the_next_poll_is_within_the_bounds()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var dates = Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(8) switch
            {
                0 => (DateTimeOffset?)null,
                1 => DateTimeOffset.MinValue,
                2 => DateTimeOffset.MaxValue,
                3 => Now,
                _ => Now.AddMinutes(random.Next(-1_000_000, 1000)),
            }).ToList();
            var rhythm = PublishingRhythm.Begin(new Sighting(Now, null, dates, dates.Count));
            var look = Now.AddMinutes(random.Next(1, 100_000));
            rhythm = rhythm.After(new Sighting(look, Now, dates, random.Next(100)));
            Assert.InRange(rhythm.Next(look, Bounds), look + Bounds.Shortest, look + Bounds.Longest);
        }
    }

    /// <summary>At no minute in particular.</summary>
    private static PublishingRhythm Steady(TimeSpan apart, int entries, DateTimeOffset? last = null)
    {
        var random = new Random(3);
        return Begin([.. Enumerable.Range(0, entries).Select(i => (last ?? Now) - (apart * (i + random.NextDouble())))]);
    }

    private static PublishingRhythm Begin(IReadOnlyList<DateTimeOffset> dates, int? shown = null) =>
        PublishingRhythm.Begin(new Sighting(Now, null, [.. dates.Select(date => (DateTimeOffset?)date)], shown ?? Math.Max(100, dates.Count)));
}
