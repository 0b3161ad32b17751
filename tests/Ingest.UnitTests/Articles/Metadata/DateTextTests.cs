using System.Globalization;
using Ingest.Core.Articles.Metadata;

namespace Ingest.UnitTests.Articles.Metadata;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("German, numbers", "Veröffentlicht am 05.03.2021", "2021-03-05T00:00:00Z")]
    [InlineData("German, spaced numbers", "4. 2. 2022", "2022-02-04T00:00:00Z")]
    [InlineData("German, word and time", "Dienstag, 21. Jan. 2015, 19:04 Uhr", "2015-01-21T19:04:00Z")]
    [InlineData("two digits of a year", "Von: Erika Muster | 31.10.23", "2023-10-31T00:00:00Z")]
    [InlineData("English, month first", "Posted on January 13, 2020 at 08:45 AM", "2020-01-13T08:45:00Z")]
    [InlineData("English, an afternoon with points", "May 3rd, 2021, 2:05 p.m.", "2021-05-03T14:05:00Z")]
    [InlineData("English, midnight", "3 May 2021 12:10 am", "2021-05-03T00:10:00Z")]
    [InlineData("English, ordinal", "the 3rd of May, 2021", "2021-05-03T00:00:00Z")]
    [InlineData("French", "Publié le 1er mars 2020 à 7h05", "2020-03-01T07:05:00Z")]
    [InlineData("Spanish", "5 de mayo de 2022", "2022-05-05T00:00:00Z")]
    [InlineData("Italian", "lunedì 3 febbraio 2020", "2020-02-03T00:00:00Z")]
    [InlineData("Portuguese, numbers", "postado em 04/05/2022 05:49", "2022-05-04T05:49:00Z")]
    [InlineData("Dutch", "7 mei 2019 om 10:15", "2019-05-07T10:15:00Z")]
    [InlineData("Polish", "11 listopada 2021", "2021-11-11T00:00:00Z")]
    [InlineData("Russian", "15 августа 2016, 13:43", "2016-08-15T13:43:00Z")]
    [InlineData("Ukrainian", "24 лютого 2022", "2022-02-24T00:00:00Z")]
    [InlineData("Turkish", "9 Ağustos 2021", "2021-08-09T00:00:00Z")]
    [InlineData("Arabic, its own digits", "١٢ مارس ٢٠٢١", "2021-03-12T00:00:00Z")]
    [InlineData("Chinese", "2020年2月19日 08:15", "2020-02-19T08:15:00Z")]
    [InlineData("Japanese", "公開日：2019年6月24日", "2019-06-24T00:00:00Z")]
    [InlineData("year first", "2021-10-16 | Notice", "2021-10-16T00:00:00Z")]
    [InlineData("a zone by name", "2021-10-16 18:00 CET", "2021-10-16T17:00:00Z")]
    [InlineData("a time grown to the year", "3 de mayo de 202221:25", "2022-05-03T21:25:00Z")]
    [InlineData("upright strokes", "26 | 01 | 2022", "2022-01-26T00:00:00Z")]
    [InlineData("an offset", "16 Oct 2021 18:00 +0200", "2021-10-16T16:00:00Z")]
    public void A_date_is_found_in_the_words_of_a_language(string reason, string text, string expected) =>
        Assert.True(DateText.Find(text, DayOrder.DayFirst)?.Instant == DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), reason);

    [Theory]
    [InlineData("a time ago", "vor 3 Stunden")]
    [InlineData("a time of day", "14:33 Uhr")]
    [InlineData("a year", "© 2021 The Harbour Post")]
    [InlineData("a month", "March 2021")]
    [InlineData("a season", "Bundesliga 2019/20, 3. Spieltag")]
    [InlineData("a number of a house", "Lange Str. 12, 20354 Hamburg")]
    [InlineData("a telephone number", "0228-999582-5777")]
    [InlineData("a day that is none", "31.02.2021")]
    [InlineData("a score", "1 243.8 2 238.7 3 235.6")]
    [InlineData("nothing", "")]
    public void What_is_no_date_is_none(string reason, string text) =>
        Assert.True(DateText.Find(text, DayOrder.DayFirst) is null, reason);

    [Theory]
    [InlineData("the month first, as in the United States", "03/04/2021", nameof(DayOrder.MonthFirst), "2021-03-04")]
    [InlineData("the day first, as in most of the world", "03/04/2021", nameof(DayOrder.DayFirst), "2021-04-03")]
    [InlineData("either: no date", "03/04/2021", nameof(DayOrder.Unknown), null)]
    [InlineData("only one way makes sense", "13/04/2021", nameof(DayOrder.Unknown), "2021-04-13")]
    [InlineData("points are for days first everywhere", "03.04.2021", nameof(DayOrder.MonthFirst), "2021-04-03")]
    public void The_order_of_day_and_month_is_the_languages(string reason, string text, string order, string? expected) =>
        Assert.True(DateText.Find(text, Enum.Parse<DayOrder>(order))?.Instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == expected, reason);

    [Theory]
    [InlineData("ISO 8601", "2021-03-15T10:00:00+01:00", "2021-03-15T10:00:00+01:00")]
    [InlineData("ISO 8601, fraction", "2020-08-06T09:09:24.0000000Z", "2020-08-06T09:09:24+00:00")]
    [InlineData("ISO 8601, no zone", "2021-03-15T10:00", "2021-03-15T10:00:00+00:00")]
    [InlineData("compact", "20210315", "2021-03-15T00:00:00+00:00")]
    [InlineData("RFC 1123", "Mon, 15 Mar 2021 10:00:00 GMT", "2021-03-15T10:00:00+00:00")]
    [InlineData("a program's own form", "Mon Mar 15 10:00:00 UTC 2021", "2021-03-15T10:00:00+00:00")]
    [InlineData("a time of day is not today's", "14:33", null)]
    [InlineData("a year is no day", "2021", null)]
    [InlineData("no date", "yesterday", null)]
    public void An_attribute_keeps_its_offset(string reason, string text, string? expected) =>
        Assert.True(PageDates.Parse(text)?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) == expected, reason);

    [Theory]
    [InlineData("folders", "https://news.example/2021/03/15/ferry", "2021-03-15")]
    [InlineData("in a name", "https://news.example/ferry-2021-03-15.html", "2021-03-15")]
    [InlineData("compact", "https://news.example/a/20210315/ferry", "2021-03-15")]
    [InlineData("a month alone", "https://news.example/2021/03/ferry", null)]
    [InlineData("a long number", "https://news.example/a/202103159876", null)]
    public void An_address_can_hold_a_day(string reason, string address, string? expected) =>
        Assert.True(UrlDates.Find(new Uri(address))?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == expected, reason);
}
