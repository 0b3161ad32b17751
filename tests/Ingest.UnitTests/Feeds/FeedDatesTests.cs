using System.Globalization;
using Ingest.Core.Feeds;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("RFC 3339", "2026-02-03T09:05:00+01:00", "2026-02-03T08:05:00Z")]
    [InlineData("RFC 3339 with a fraction", "2026-02-03T09:05:00.123456789Z", "2026-02-03T09:05:00Z")]
    [InlineData("lower case", "2026-02-03t09:05:00z", "2026-02-03T09:05:00Z")]
    [InlineData("no seconds", "2026-02-03T09:05Z", "2026-02-03T09:05:00Z")]
    [InlineData("an offset without a colon", "2026-02-03T09:05:00-0330", "2026-02-03T12:35:00Z")]
    [InlineData("an offset of hours", "2026-02-03T09:05:00+01", "2026-02-03T08:05:00Z")]
    [InlineData("a space for the T", "2026-02-03 09:05:00", "2026-02-03T09:05:00Z")]
    [InlineData("offset and Z", "2026-02-03T09:05:00-05:00Z", "2026-02-03T14:05:00Z")]
    [InlineData("date only", "2026-02-03", "2026-02-03T00:00:00Z")]
    [InlineData("month only", "2026-02", "2026-02-01T00:00:00Z")]
    [InlineData("year only", "2026", "2026-01-01T00:00:00Z")]
    [InlineData("ordinal date", "2026-034", "2026-02-03T00:00:00Z")]
    [InlineData("basic format", "20260203T090500Z", "2026-02-03T09:05:00Z")]
    [InlineData("digits", "20260203", "2026-02-03T00:00:00Z")]
    [InlineData("seconds since 1970", "1770109500", "2026-02-03T09:05:00Z")]
    [InlineData("milliseconds since 1970", "1770109500000", "2026-02-03T09:05:00Z")]
    [InlineData("slashes, year first", "2026/02/03 09:05:00", "2026-02-03T09:05:00Z")]
    [InlineData("RFC 822", "Tue, 03 Feb 2026 09:05:00 GMT", "2026-02-03T09:05:00Z")]
    [InlineData("RFC 822 with an offset", "Tue, 03 Feb 2026 09:05:00 +0100", "2026-02-03T08:05:00Z")]
    [InlineData("RFC 822 with a two-digit year", "03 Feb 26 09:05 EST", "2026-02-03T14:05:00Z")]
    [InlineData("the last century", "03 Feb 98 09:05 UT", "1998-02-03T09:05:00Z")]
    [InlineData("a comment behind the offset", "Tue, 3 Feb 2026 09:05:00 +0100 (CET)", "2026-02-03T08:05:00Z")]
    [InlineData("the wrong weekday", "Mon, 03 Feb 2026 09:05:00 GMT", "2026-02-03T09:05:00Z")]
    [InlineData("asctime", "Tue Feb  3 09:05:00 2026", "2026-02-03T09:05:00Z")]
    [InlineData("Java's", "Tue Feb 03 09:05:00 PST 2026", "2026-02-03T17:05:00Z")]
    [InlineData("JavaScript's", "Tue Feb 03 2026 09:05:00 GMT+0100 (CET)", "2026-02-03T08:05:00Z")]
    [InlineData("American words", "February 3, 2026 at 9:05 pm", "2026-02-03T21:05:00Z")]
    [InlineData("noon", "Feb. 3, 2026, 12:05 p.m.", "2026-02-03T12:05:00Z")]
    [InlineData("midnight", "Feb. 3, 2026, 12:05 a.m.", "2026-02-03T00:05:00Z")]
    [InlineData("ordinal day", "3rd February 2026", "2026-02-03T00:00:00Z")]
    [InlineData("German", "Di, 3. Februar 2026 09:05:00 MEZ", "2026-02-03T08:05:00Z")]
    [InlineData("German numbers", "03.02.2026 09:05", "2026-02-03T09:05:00Z")]
    [InlineData("French, whose Tuesday looks like March", "mar., 03 févr. 2026 09:05:00 +0100", "2026-02-03T08:05:00Z")]
    [InlineData("French March", "mar. 3 mars 2026 09:05", "2026-03-03T09:05:00Z")]
    [InlineData("French hours", "3 février 2026 à 9h05", "2026-02-03T09:05:00Z")]
    [InlineData("Spanish", "3 de febrero de 2026", "2026-02-03T00:00:00Z")]
    [InlineData("Russian", "Вт, 3 февраля 2026 09:05:00 +0300", "2026-02-03T06:05:00Z")]
    [InlineData("Polish", "wt., 3 lutego 2026 09:05", "2026-02-03T09:05:00Z")]
    [InlineData("Japanese", "2026年02月03日 09:05", "2026-02-03T09:05:00Z")]
    [InlineData("day first, told by its size", "13/02/2026", "2026-02-13T00:00:00Z")]
    [InlineData("month first, told by the day's size", "02/13/2026 9:05 AM", "2026-02-13T09:05:00Z")]
    [InlineData("month first, told by the zone", "02/03/2026 9:05 AM EST", "2026-02-03T14:05:00Z")]
    [InlineData("a zone of the tz database in summer", "Fri, 3 Jul 2026 09:05:00 Europe/Brussels", "2026-07-03T07:05:00Z")]
    [InlineData("a zone whose offset follows the date", "Fri, 3 Jul 2026 09:05:00 ET", "2026-07-03T13:05:00Z")]
    [InlineData("the end of a day", "2026-02-03T24:00:00Z", "2026-02-04T00:00:00Z")]
    [InlineData("a leap second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    [InlineData("white space around", "\n  2026-02-03T09:05:00Z\t", "2026-02-03T09:05:00Z")]
    public void A_date_is_read(string why, string text, string expected)
    {
        var date = FeedDates.Parse(text);
        Assert.True(date is not null, why);
        Assert.Equal(expected, date.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("white space", "  ")]
    [InlineData("words", "yesterday at noon")]
    [InlineData("day or month first, nobody knows", "02/03/2026 09:05")]
    [InlineData("three numbers of two digits", "03-12-31")]
    [InlineData("a zone that several countries share", "Tue, 03 Feb 2026 09:05:00 IST")]
    [InlineData("an offset that no zone has", "Tue, 03 Feb 2026 09:05:00 +3000")]
    [InlineData("an offset that is none", "Tue, 03 Feb 2026 09:05:00 +xx:00")]
    [InlineData("a day that the month does not have", "30 Feb 2026")]
    [InlineData("a month that the year does not have", "2026-13-01")]
    [InlineData("an hour that the day does not have", "2026-02-03T25:00:00Z")]
    [InlineData("a time of four parts", "Tue, 03 Feb 2026 1:2:3:4 GMT")]
    [InlineData("a word for the year", "Tue, 03 Feb zz 09:05:00 GMT")]
    [InlineData("no year", "3 February")]
    [InlineData("year one", "0001-01-01T00:00:00Z")]
    [InlineData("three digits", "013")]
    [InlineData("many digits", "99999999999999999999")]
    [InlineData("a minus in front", "-2026-02-03")]
    public void What_is_no_date_is_not_read(string why, string? text) => Assert.True(FeedDates.Parse(text) is null, why);

    [Fact]
    public void No_text_does_harm()
    {
        var chance = new Random(7);
        const string Signs = "0123456789:-/+., TZadjfmuoé()月";
        for (var i = 0; i < 50_000; i++)
        {
            FeedDates.Parse(new string([.. Enumerable.Range(0, chance.Next(1, 40)).Select(_ => Signs[chance.Next(Signs.Length)])]));
        }
    }
}
