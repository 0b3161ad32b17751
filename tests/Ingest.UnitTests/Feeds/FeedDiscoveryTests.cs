using System.Text;
using Ingest.Core.Feeds.Discovery;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedDiscoveryTests
{
    private static readonly Uri Page = new("https://site.example/section/page.html");

    [Theory]
    [InlineData("RSS", "<link rel='alternate' type='application/rss+xml' href='/feed'>", "https://site.example/feed")]
    [InlineData("Atom, another order", "<link href=/a.atom type=application/atom+xml rel=alternate>", "https://site.example/a.atom")]
    [InlineData("JSON Feed", "<LINK REL=\"Alternate\" TYPE=\"application/feed+json\" HREF=\"https://other.example/f.json\" />", "https://other.example/f.json")]
    [InlineData("RDF", "<link type='application/rdf+xml' rel='alternate nofollow' href='index.rdf'>", "https://site.example/section/index.rdf")]
    [InlineData("a media type with a parameter", "<link rel=alternate type='application/rss+xml; charset=utf-8' href=/f>", "https://site.example/f")]
    [InlineData("a plain type and an address that tells", "<link rel=alternate type='text/xml' href='/rss.xml'>", "https://site.example/rss.xml")]
    [InlineData("a plain type and an address that does not", "<link rel=alternate type='application/json' href='/wp-json/wp/v2/pages/7'>", null)]
    [InlineData("an embedding", "<link rel=alternate type='application/json+oembed' href='/oembed?url=https://site.example/feed'>", null)]
    [InlineData("another language's page", "<link rel=alternate hreflang=de href='/de/feed'>", null)]
    [InlineData("rel=feed", "<link rel=feed href='/news'>", "https://site.example/news")]
    [InlineData("a base", "<base href='https://cdn.example/x/'><base href='/y/'><link rel=alternate type='application/rss+xml' href='f'>", "https://cdn.example/x/f")]
    [InlineData("references in the address", "<link rel=alternate type='application/rss+xml' href='/f?a=1&amp;b=2'>", "https://site.example/f?a=1&b=2")]
    [InlineData("line breaks within", "<link\n rel = 'alternate'\n type='application/rss+xml'\n href = '/f'\n>", "https://site.example/f")]
    [InlineData("a comment", "<!-- <link rel=alternate type='application/rss+xml' href='/f'> -->", null)]
    [InlineData("a script", "<script>'<link rel=alternate type=application/rss+xml href=/f>'</script>", null)]
    [InlineData("a stylesheet", "<link rel='alternate stylesheet' href='/feed.css' type='text/css'>", null)]
    [InlineData("readers' own scheme", "<a href='feed:https://site.example/f.rss'>x</a>", "https://site.example/f.rss")]
    [InlineData("readers' other scheme", "<a href='feed://site.example/f.rss'>x</a>", "http://site.example/f.rss")]
    [InlineData("an anchor by its ending", "<p><a href='/all.rss'>Subscribe</a>", "https://site.example/all.rss")]
    [InlineData("an anchor by its last word", "<a class=x href='/politics/feed/'>RSS</a>", "https://site.example/politics/feed/")]
    [InlineData("an anchor by its query", "<a href='/?feed=rss2'>RSS</a>", "https://site.example/?feed=rss2")]
    [InlineData("an anchor by its type", "<a type='application/atom+xml' href='/all'>x</a>", "https://site.example/all")]
    [InlineData("a reader's link", "<a href='https://reader.example/add?url=https://site.example/feed.xml'>x</a>", null)]
    [InlineData("a reader's link, encoded", "<a href='https://reader.example/add/https%3A%2F%2Fsite.example%2Ffeed.xml'>x</a>", null)]
    [InlineData("an anchor to a page", "<a href='/feedback'>x</a><a href='/feed/me/cake'>x</a>", null)]
    [InlineData("a mail address", "<a href='mailto:rss@site.example/feed'>x</a><a href='javascript:/feed'>x</a>", null)]
    public void A_page_names_its_feed(string why, string html, string? url)
    {
        var found = Read(html);
        Assert.Equal((why, url), (why, found.Feeds.SingleOrDefault()?.Url.AbsoluteUri));
    }

    [Fact]
    public void The_order_of_preference_does_not_depend_on_chance()
    {
        var found = Read("""
            <link rel="alternate" type="application/rss+xml" title="Site: comments" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml" title="Page: Kommentare" href="/section/page.html/feed/">
            <a href="/all.rss">Everything</a>
            <link rel="alternate" type="application/rss+xml" title="Site" href="/feed/">
            <link rel="alternate" type="application/atom+xml" title="Site (Atom)" href="/atom/">
            <link rel="alternate" type="application/rss+xml" title="Site again" href="/feed/">
            """);
        Assert.Equal(["/feed/", "/atom/", "/all.rss", "/section/page.html/feed/", "/comments/feed/"], found.Feeds.Select(feed => feed.Url.AbsolutePath));
        Assert.Equal(["Site", "Site (Atom)", "Everything"], found.Feeds.Where(feed => !feed.IsComments).Select(feed => feed.Title));
    }

    [Fact]
    public void A_section_prefers_its_own_feed()
    {
        const string Html = "<link rel=alternate type='application/rss+xml' href='/feed/'><link rel=alternate type='application/rss+xml' href='/politics/feed/'>";
        Assert.Equal("/politics/feed/", Read(Html, new Uri("https://site.example/politics/")).Feeds[0].Url.AbsolutePath);
        Assert.Equal("/feed/", Read(Html, new Uri("https://site.example/")).Feeds[0].Url.AbsolutePath);
    }

    [Fact]
    public void Headers_name_feeds_hubs_and_the_address_to_subscribe_to()
    {
        var found = Read(
            "<link rel=hub href='https://hub.example/2'><p>x", linkHeader:
            "<https://hub.example/>; rel=\"hub\", </feed?a=1,2>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"All, and more\", <https://site.example/self>;rel=self");
        Assert.Equal(["https://hub.example/", "https://hub.example/2"], found.Hubs.Select(hub => hub.AbsoluteUri));
        Assert.Equal("https://site.example/self", found.Self?.AbsoluteUri);
        var feed = Assert.Single(found.Feeds);
        Assert.Equal(("https://site.example/feed?a=1,2", "All, and more"), (feed.Url.AbsoluteUri, feed.Title));
    }

    [Theory]
    [InlineData("nothing", null, 0)]
    [InlineData("no target", "rel=hub", 0)]
    [InlineData("cut short", "<https://a.example/>; rel=hub, <https://b.exa", 1)]
    [InlineData("without parameters", "<a>, <b>", 2)]
    [InlineData("blanks everywhere", " < a > ; rel = hub ; , ; <b>;rel", 2)]
    [InlineData("a quote that never ends", "<a>; title=\"x, <b>; rel=hub", 1)]
    public void Link_headers_are_read_as_far_as_they_go(string why, string? header, int links) => Assert.Equal((why, links), (why, LinkHeader.Parse(header).Count));

    [Theory]
    [InlineData("https://www.youtube.com/channel/UC123/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123")]
    [InlineData("https://m.youtube.com/playlist?si=x&list=PL9", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL9")]
    [InlineData("https://youtube.com/user/someone", "https://www.youtube.com/feeds/videos.xml?user=someone")]
    [InlineData("https://www.youtube.com/@handle", null)]
    [InlineData("https://github.com/owner", "https://github.com/owner.atom")]
    [InlineData("https://github.com/owner/name", "https://github.com/owner/name/releases.atom https://github.com/owner/name/commits.atom https://github.com/owner/name/tags.atom")]
    [InlineData("https://github.com/owner/name/releases", "https://github.com/owner/name/releases.atom")]
    [InlineData("https://github.com/owner/name/commits/main/src", "https://github.com/owner/name/commits/main/src.atom")]
    [InlineData("https://github.com/owner/name/releases.atom", null)]
    [InlineData("https://github.com/topics/rss", null)]
    [InlineData("https://www.reddit.com/r/news/", "https://www.reddit.com/r/news/.rss")]
    [InlineData("https://old.reddit.com/r/news/new", "https://www.reddit.com/r/news/new/.rss")]
    [InlineData("https://reddit.com/u/someone", "https://www.reddit.com/user/someone/.rss")]
    [InlineData("https://www.reddit.com/r/news/.rss", null)]
    [InlineData("https://social.example/@someone", "https://social.example/@someone.rss")]
    [InlineData("https://social.example/@someone.rss", null)]
    [InlineData("https://site.example/about", null)]
    public void Addresses_of_known_sites_tell_their_feeds(string address, string? feeds) =>
        Assert.Equal(feeds?.Split(' ') ?? [], KnownSites.Feeds(new Uri(address)).Select(feed => feed.Url.AbsoluteUri));

    [Theory]
    [InlineData("https://site.example/", "/feed /rss.xml /rss /feed.xml /atom.xml")]
    [InlineData("https://site.example/news/?a=b", "/news/feed /feed /rss.xml /rss /feed.xml")]
    [InlineData("https://site.example//other.example:x/", "//other.example:x/feed /feed /rss.xml /rss /feed.xml")]
    public void Guesses_are_few_and_on_the_site_itself(string page, string paths)
    {
        var guesses = FeedDiscovery.Guesses(new Uri(page));
        Assert.All(guesses, guess => Assert.Equal(("site.example", ""), (guess.Authority, guess.Query)));
        Assert.Equal(paths.Split(' '), guesses.Select(guess => guess.AbsolutePath));
    }

    [Fact]
    public void Mutated_and_hostile_pages_do_no_harm()
    {
        var chance = new Random(8288);
        var bytes = Encoding.UTF8.GetBytes("<base href='/x/'><link rel='alternate' type='application/rss+xml' title='A &amp; B' href='/feed?a=%20&amp;b'><a href=\"feed:https://a.example/rss\">RSS</a><script>x</script>");
        for (var i = 0; i < 2_000; i++)
        {
            var mutant = bytes[..chance.Next(1, bytes.Length)];
            for (var n = 0; n < 6; n++)
            {
                mutant[chance.Next(mutant.Length)] = "<>&\"'/=:#% \0\u00FF"u8[chance.Next(13)];
            }

            Assert.NotNull(FeedDiscovery.Read(mutant, "text/html", Page, Encoding.Latin1.GetString(mutant)).Feeds);
        }

        Assert.Equal(50, Read(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<a href='/{i}.rss'>"))).Feeds.Count);
        Assert.Empty(Read(string.Concat(Enumerable.Repeat("<script>", 200_000))).Feeds);
        Assert.Empty(Read(string.Concat(Enumerable.Repeat("<link rel=alternate ", 200_000))).Feeds);
    }

    private static PageFeeds Read(string html, Uri? page = null, string? linkHeader = null) => FeedDiscovery.Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", page ?? Page, linkHeader);
}
