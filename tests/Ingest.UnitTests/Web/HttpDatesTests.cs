using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class HttpDatesTests
{
    private static readonly DateTimeOffset Instant = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 09:49:37 +0100")]
    public void All_forms_of_a_date_are_read(string value) => Assert.Equal(Instant, HttpDates.Parse(value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("never")]
    public void What_is_no_date_is_null(string? value) => Assert.Null(HttpDates.Parse(value));

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 0 ", 0)]
    [InlineData("Sun, 06 Nov 1994 08:50:37 GMT", 60)]
    [InlineData("Sun, 06 Nov 1994 08:00:00 GMT", 0)]
    [InlineData("99999999999999999999", int.MaxValue)]
    public void Retry_after_is_a_delay_from_now(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HttpDates.RetryAfter(value, Instant));

    [Theory]
    [InlineData(null)]
    [InlineData("-5")]
    [InlineData("soon")]
    public void Retry_after_that_cannot_be_read_is_null(string? value) => Assert.Null(HttpDates.RetryAfter(value, Instant));
}
