using System.Text;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class FeedSlugTests
{
    [Theory]
    [InlineData("host and path", "https://example.org/news/feed.xml", "example-org-news-feed")]
    [InlineData("www and case", "HTTP://WWW.Example.org/RSS", "example-org-rss")]
    [InlineData("nothing but a host", "https://example.org/", "example-org")]
    [InlineData("a query tells feeds of one script apart", "https://example.org/index.php?feed=rss2&cat=5", "example-org-index-feed-rss2-cat-5")]
    [InlineData("a port is not part of the name", "http://example.org:8080/feed/", "example-org-feed")]
    [InlineData("letters of any script", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8.rss", "example-org-новости")]
    [InlineData("separators and wild cards of routing keys", "https://example.org/a.*.%23/b", "example-org-a-b")]
    [InlineData("a dot that begins no extension", "https://example.org/v2.0-and-later/.rss", "example-org-v2-0-and-later-rss")]
    [InlineData("an address without a name", "http://[::1]/feed", "1-feed")]
    public void A_feed_has_a_word(string reason, string url, string slug) => Assert.True(slug == FeedSlug.Of(new Uri(url)), $"{reason}: {FeedSlug.Of(new Uri(url))}");

    [Fact]
    public void A_long_address_is_cut_and_still_told_from_its_neighbour()
    {
        var start = $"https://example.org/{new string('ж', 500)}";
        var one = FeedSlug.Of(new Uri($"{start}/1"));
        var two = FeedSlug.Of(new Uri($"{start}/2"));
        Assert.NotEqual(one, two);
        Assert.Equal(one, FeedSlug.Of(new Uri($"{start}/1")));
        Assert.InRange(Encoding.UTF8.GetByteCount(one), 1, 192);
    }
}
