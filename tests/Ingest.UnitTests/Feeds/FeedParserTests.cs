using System.Text;
using Ingest.Core.Feeds;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedParserTests
{
    [Fact]
    public void Item_without_link_uses_its_permalink_guid() =>
        Assert.Equal("https://a.example/1", Entry("<guid>https://a.example/1</guid>").Link?.AbsoluteUri);

    [Fact]
    public void Guid_that_is_no_address_gives_no_link() => Assert.Null(Entry("<guid>4711</guid>").Link);

    [Fact]
    public void Own_title_outranks_those_of_modules() =>
        Assert.Equal("Own", Entry("<media:title>Film</media:title><dc:title>Core</dc:title><title>Own</title>").Title);

    [Fact]
    public void Title_is_text_and_its_markup_is_kept_beside_it()
    {
        var entry = Entry("<title>&lt;i&gt;Moby-Dick&lt;/i&gt; &amp;amp; others</title>");
        Assert.Equal("Moby-Dick & others", entry.Title);
        Assert.Equal("<i>Moby-Dick</i> &amp; others", entry.TitleForm?.Html);
    }

    [Fact]
    public void Title_that_only_looks_like_a_tag_stays_text() => Assert.Equal("a <T> b", Entry("<title>a &lt;T&gt; b</title>").Title);

    [Fact]
    public void Content_location_outranks_the_address_as_base()
    {
        var document = Document("<rss version='2.0'><channel><item><link>x</link></item></channel></rss>") with { ContentLocation = "/moved/feed" };
        Assert.Equal("https://feeds.example/moved/x", Parsed(document).Entries[0].Link?.AbsoluteUri);
    }

    [Fact]
    public void Http_charset_outranks_the_declaration()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-7'?><rss><channel><title>Größe</title></channel></rss>");
        Assert.Equal("Größe", Parsed(new FeedDocument(bytes) { ContentType = "text/xml; charset=\"ISO-8859-1\"" }).Title);
    }

    [Theory]
    [InlineData("an empty body", "")]
    [InlineData("a page", "<!doctype html><html><body><p>Not found</p></body></html>")]
    [InlineData("text", "Service unavailable")]
    [InlineData("JSON of another kind", "{\"error\": 500}")]
    [InlineData("broken JSON", "{\"version\": \"https://jsonfeed.org/version/1\", \"ite")]
    [InlineData("an outline", "<opml version='2.0'><body/></opml>")]
    public void What_is_no_feed_is_said_to_be_none(string why, string text)
    {
        var outcome = new FeedParser().Parse(Document(text));
        Assert.False(string.IsNullOrWhiteSpace(Assert.IsType<FeedParseOutcome.NotAFeed>(outcome).Why), why);
    }

    [Theory]
    [InlineData("desk@a.example (News desk)", "News desk", "desk@a.example")]
    [InlineData("News desk (desk@a.example)", "News desk", "desk@a.example")]
    [InlineData("News desk &lt;desk@a.example&gt;", "News desk", "desk@a.example")]
    [InlineData("desk@a.example", null, "desk@a.example")]
    [InlineData("News desk", "News desk", null)]
    public void Person_in_one_line_is_taken_apart(string text, string? name, string? email) =>
        Assert.Equal(new FeedPerson(name, email, null), Assert.Single(Entry($"<author>{text}</author>").Authors));

    [Fact]
    public void Link_over_a_counter_is_kept_and_the_page_is_the_original()
    {
        var entry = Entry("<link>https://count.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>");
        Assert.Equal("https://count.example/~r/1", entry.Link?.AbsoluteUri);
        Assert.Equal("https://a.example/1", entry.Page?.AbsoluteUri);
    }

    [Fact]
    public void Keys_tell_entries_apart_whatever_ids_they_have()
    {
        var entries = Parsed(Document(
            "<rss><channel><item><guid>1</guid></item><item><guid>2</guid><link>https://a.example/2</link></item><item><guid>2</guid><link>https://a.example/3</link></item>"
            + "<item><link>https://a.example/4</link></item><item><title>Five</title></item><item><title>Six</title></item></channel></rss>")).Entries;
        Assert.Equal(["1", "https://a.example/2", "https://a.example/3", "https://a.example/4"], entries.Take(4).Select(entry => entry.Key));
        Assert.Equal(6, entries.Select(entry => entry.Key).Distinct().Count());
    }

    [Fact]
    public void Key_of_an_entry_without_id_and_link_is_the_same_at_every_poll() =>
        Assert.Equal(Entry("<title>Five</title><description>five</description>").Key, Entry("<title>Five</title><description>five</description>").Key);

    [Theory]
    [InlineData("once too often", "AT&amp;amp;amp;T", "AT&T")]
    [InlineData("a number once too often", "Don&amp;amp;#8217;t", "Don\u2019t")]
    [InlineData("on purpose", "The &amp;amp;lt;b&amp;amp;gt; tag", "The &lt;b&gt; tag")]
    public void Title_that_was_escaped_too_often_is_mended(string why, string title, string expected) =>
        Assert.True(Entry($"<title>{title}</title>").Title == expected, $"{why}: {Entry($"<title>{title}</title>").Title}");

    [Fact]
    public void Schedule_of_the_feed_is_read()
    {
        var feed = Parsed(Document(
            "<rss><channel><skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day><day>9</day></skipDays>"
            + "<sy:updatePeriod>Hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel></rss>"));
        Assert.Equal(new FeedSchedule(Ttl: null, TimeSpan.FromMinutes(30), 1 << 0 | 1 << 7, 1 << (int)DayOfWeek.Sunday), feed.Schedule);
    }

    [Fact]
    public void Words_of_modules_are_read()
    {
        var entry = Entry(
            "<slash:comments>12</slash:comments><podcast:transcript url='https://a.example/t.vtt'/><podcast:season>3</podcast:season><podcast:person href='https://a.example/h'>Host</podcast:person>");
        Assert.Equal(12, entry.CommentCount);
        Assert.Equal(("https://a.example/t.vtt", "3"), (entry.Podcast?.Transcript, entry.Podcast?.Season));
        Assert.Equal(new FeedPerson("Host", null, "https://a.example/h"), Assert.Single(entry.Authors));
    }

    [Theory]
    [InlineData("in a text", "{\"items\":[{\"id\":\"1\",\"title\":\"One\"},{\"id\":\"2\",\"title\":\"Tw")]
    [InlineData("between items", "{\"items\":[{\"id\":\"1\",\"title\":\"One\"},{\"id\":\"2\"},")]
    [InlineData("by what is no JSON", "{\"items\":[{\"id\":\"1\",\"title\":\"One\"},{\"id\":\"2\"}<html>")]
    public void Json_that_breaks_off_keeps_what_came_before(string where, string text)
    {
        var entries = Parsed(Document(text)).Entries;
        Assert.True(entries.Count == 2, where);
        Assert.Equal(("One", "2"), (entries[0].Title, entries[1].Id));
    }

    [Fact]
    public void Language_of_a_json_feed_is_that_of_its_items_wherever_it_stands()
    {
        var entries = Parsed(Document("{\"items\":[{\"id\":\"1\"},{\"id\":\"2\",\"language\":\"fr\"}],\"language\":\"de\"}")).Entries;
        Assert.Equal(["de", "fr"], entries.Select(entry => entry.Language));
    }

    [Fact]
    public void Long_texts_of_json_are_read_when_they_are_asked_for()
    {
        var words = string.Concat(Enumerable.Repeat("\\u00e9t\u00e9 ", 30));
        var entry = Assert.Single(Parsed(Document($"{{\"items\":[{{\"id\":\"1\",\"content_html\":\"<p onclick='x'>{words}</p>\",\"summary\":\"{words}\"}}]}}")).Entries);
        Assert.StartsWith("<p>\u00e9t\u00e9 \u00e9t\u00e9", entry.Content, StringComparison.Ordinal);
        Assert.Equal(string.Join(' ', Enumerable.Repeat("\u00e9t\u00e9", 30)), entry.SummaryText);
    }

    [Fact]
    public void Half_of_a_character_spoils_only_its_own_text()
    {
        var entry = Assert.Single(Parsed(Document("{\"items\":[{\"id\":\"1\",\"title\":\"a\\ud800\",\"content_text\":\"whole\"}]}")).Entries);
        Assert.Null(entry.Title);
        Assert.Equal("whole", entry.Content);
    }

    private static ParsedEntry Entry(string item) =>
        Assert.Single(Parsed(Document($"<rss version='2.0'><channel><item>{item}</item></channel></rss>")).Entries);

    private static FeedDocument Document(string text) => new(Encoding.UTF8.GetBytes(text)) { Url = new Uri("https://feeds.example/feed") };

    private static ParsedFeed Parsed(FeedDocument document) =>
        Assert.IsType<FeedParseOutcome.Parsed>(new FeedParser().Parse(document)).Feed;
}
