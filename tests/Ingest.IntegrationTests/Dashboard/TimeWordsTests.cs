using Ingest.Worker.Dashboard;

namespace Ingest.IntegrationTests.Dashboard;

public sealed class TimeWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("the same instant", "00:00:00", "now")]
    [InlineData("less than the smallest unit", "00:00:00.9", "now")]
    [InlineData("seconds", "00:00:59", "59 s ago")]
    [InlineData("minutes are cut, not rounded", "00:03:59", "3 min ago")]
    [InlineData("hours", "23:59:59", "23 h ago")]
    [InlineData("one day", "1.00:00:00", "1 day ago")]
    [InlineData("days", "364.00:00:00", "364 days ago")]
    [InlineData("years", "730.00:00:00", "2 years ago")]
    [InlineData("the future", "-00:12:00", "in 12 min")]
    public void Relative_names_the_largest_unit(string reason, string ago, string expected)
    {
        _ = reason;
        Assert.Equal(expected, TimeWords.Relative(Now - TimeSpan.Parse(ago, null), Now));
    }

    [Theory]
    [InlineData("00:15:00", "15 min")]
    [InlineData("01:30:00", "1 h 30 min")]
    [InlineData("02:00:30", "2 h")]
    [InlineData("1.12:00:00", "1 day 12 h")]
    [InlineData("2.00:10:00", "2 days")]
    public void Length_names_up_to_two_units(string length, string expected) => Assert.Equal(expected, TimeWords.Length(TimeSpan.Parse(length, null)));
}
