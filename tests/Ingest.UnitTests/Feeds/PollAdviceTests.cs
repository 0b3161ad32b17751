using System.Globalization;
using System.Text;
using Ingest.Core.Feeds;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Feeds;

public sealed class PollAdviceTests
{
    /// <summary>A Sunday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Min = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Max = TimeSpan.FromHours(24);

    [Theory]
    [InlineData("nothing said", "", null, null)]
    [InlineData("ttl", "<ttl>90</ttl>", 90.0, PollHint.Ttl)]
    [InlineData("ttl below the bounds", "<ttl>1</ttl>", 5.0, PollHint.Ttl)]
    [InlineData("ttl above the bounds", "<ttl>99999999</ttl>", 1440.0, PollHint.Ttl)]
    [InlineData("ttl of nothing", "<ttl>0</ttl>", null, null)]
    [InlineData("ttl in words", "<ttl>an hour</ttl>", null, null)]
    [InlineData("hourly", "<sy:updatePeriod> hourly </sy:updatePeriod>", 60.0, PollHint.UpdatePeriod)]
    [InlineData("four times a day", "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 360.0, PollHint.UpdatePeriod)]
    [InlineData("a frequency is of a day", "<sy:updateFrequency>2</sy:updateFrequency>", 720.0, PollHint.UpdatePeriod)]
    [InlineData("a frequency of nothing", "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60.0, PollHint.UpdatePeriod)]
    [InlineData("a period of no kind", "<sy:updatePeriod>often</sy:updatePeriod>", null, null)]
    [InlineData("the longest of two", "<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60.0, PollHint.UpdatePeriod)]
    public void A_document_advises_an_interval(string why, string channel, double? minutes, PollHint? source)
    {
        var advice = Advise(Schedule(channel), new FreshnessHeaders());
        Assert.Equal((why, minutes, source), (why, advice.Interval?.TotalMinutes, advice.Source));
        Assert.Equal(Now, advice.NotBefore);
    }

    [Theory]
    [InlineData("max-age", "public, max-age=1800", null, null, 30.0, PollHint.CacheControl)]
    [InlineData("max-age in quotes", "max-age=\"1800\"", null, null, 30.0, PollHint.CacheControl)]
    [InlineData("max-age of an answer with an age", "Max-Age=1800", null, "600", 20.0, PollHint.CacheControl)]
    [InlineData("older than it may become", "max-age=60", null, "600", null, null)]
    [InlineData("more than fits", "max-age=99999999999999", null, null, 1440.0, PollHint.CacheControl)]
    [InlineData("not for us", "s-maxage=1800", null, null, null, null)]
    [InlineData("never stored", "no-store, max-age=1800", null, null, null, null)]
    [InlineData("always asked for", "max-age=1800, no-cache", null, null, null, null)]
    [InlineData("max-age outranks Expires", "max-age=1800", "Sun, 22 Nov 2026 18:30:00 GMT", null, 30.0, PollHint.CacheControl)]
    [InlineData("Expires", null, "Sun, 22 Nov 2026 12:30:00 GMT", null, 120.0, PollHint.Expires)]
    [InlineData("Expires in the past", null, "Sat, 21 Nov 2026 12:30:00 GMT", null, null, null)]
    [InlineData("Expires that is no date", null, "0", null, null, null)]
    public void Http_advises_an_interval(string why, string? cacheControl, string? expires, string? age, double? minutes, PollHint? source)
    {
        var advice = Advise(FeedSchedule.None, new FreshnessHeaders(cacheControl, expires, Age: age));
        Assert.Equal((why, minutes, source), (why, advice.Interval?.TotalMinutes, advice.Source));
    }

    [Fact]
    public void Expires_is_counted_on_the_clock_of_the_server()
    {
        var freshness = new FreshnessHeaders(Expires: "Sun, 22 Nov 2026 06:00:00 GMT", Date: "Sun, 22 Nov 2026 05:00:00 GMT");
        Assert.Equal(TimeSpan.FromHours(1), Advise(FeedSchedule.None, freshness).Interval);
    }

    [Theory]
    [InlineData("not asked", null, 0.0)]
    [InlineData("ten minutes", 10.0, 10.0)]
    [InlineData("below the bounds is kept", 1.0, 1.0)]
    [InlineData("a year is bounded", 525_600.0, 1440.0)]
    public void Retry_after_holds_off(string why, double? asked, double minutes)
    {
        var advice = PollAdvice.Of(FeedSchedule.None, new FreshnessHeaders(), asked is { } wait ? TimeSpan.FromMinutes(wait) : null, Now, Min, Max);
        Assert.Equal((why, Now.AddMinutes(minutes)), (why, advice.NotBefore));
    }

    public static TheoryData<string, string, string> Skipped => new()
    {
        { "an open hour", Hours(3, 4), "2026-11-22T10:30:00Z" },
        { "this hour", Hours(10), "2026-11-22T11:00:00Z" },
        { "this hour and the next", Hours(11, 10), "2026-11-22T12:00:00Z" },
        { "the hours until midnight", Hours([.. Enumerable.Range(10, 14)]), "2026-11-23T00:00:00Z" },
        { "over midnight", Hours([.. Enumerable.Range(10, 14), 0, 1]), "2026-11-23T02:00:00Z" },
        { "the hour 24 is the hour 0", Hours([.. Enumerable.Range(10, 15)]), "2026-11-23T01:00:00Z" },
        { "this day", "<skipDays><day>Sunday</day></skipDays>", "2026-11-23T00:00:00Z" },
        { "the weekend, and the early hours", "<skipDays><day>sun</day><day>Saturday</day></skipDays>" + Hours(0, 1), "2026-11-23T02:00:00Z" },
        { "another day", "<skipDays><day>Monday</day></skipDays>", "2026-11-22T10:30:00Z" },
        { "all hours", Hours([.. Enumerable.Range(0, 24)]), "2026-11-22T10:30:00Z" },
        { "all days", "<skipDays>" + string.Concat("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".Split(' ').Select(day => $"<day>{day}</day>")) + "</skipDays>", "2026-11-22T10:30:00Z" },
        { "nonsense", "<skipHours><hour>-1</hour><hour>25</hour><hour>x</hour></skipHours><skipDays><day>Someday</day></skipDays>", "2026-11-22T10:30:00Z" },
    };

    [Theory]
    [MemberData(nameof(Skipped))]
    public void Skipped_hours_and_days_are_waited_out(string why, string channel, string until) =>
        Assert.Equal((why, DateTimeOffset.Parse(until, CultureInfo.InvariantCulture)), (why, Advise(Schedule(channel), new FreshnessHeaders()).NotBefore));

    [Fact]
    public void Skipped_hours_are_of_utc()
    {
        var schedule = new FeedSchedule(SkipHours: 1 << 23);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), schedule.NextOpen(new DateTimeOffset(2026, 11, 23, 1, 15, 0, TimeSpan.FromHours(2))));
    }

    private static PollAdvice Advise(FeedSchedule schedule, FreshnessHeaders freshness) => PollAdvice.Of(schedule, freshness, null, Now, Min, Max);

    private static string Hours(params int[] hours) => "<skipHours>" + string.Concat(hours.Select(hour => $"<hour>{hour}</hour>")) + "</skipHours>";

    private static FeedSchedule Schedule(string channel)
    {
        var text = $"<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>{channel}<item><title>x</title></item></channel></rss>";
        return Assert.IsType<FeedParseOutcome.Parsed>(new FeedParser().Parse(new FeedDocument(Encoding.UTF8.GetBytes(text)))).Feed.Schedule;
    }
}
