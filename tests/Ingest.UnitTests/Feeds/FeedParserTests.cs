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
    [InlineData("broken JSON", "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [")]
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

    private static ParsedEntry Entry(string item) =>
        Assert.Single(Parsed(Document($"<rss version='2.0'><channel><item>{item}</item></channel></rss>")).Entries);

    private static FeedDocument Document(string text) => new(Encoding.UTF8.GetBytes(text)) { Url = new Uri("https://feeds.example/feed") };

    private static ParsedFeed Parsed(FeedDocument document) =>
        Assert.IsType<FeedParseOutcome.Parsed>(new FeedParser().Parse(document)).Feed;
}
