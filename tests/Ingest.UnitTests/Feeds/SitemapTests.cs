using System.IO.Compression;
using System.Text;
using Ingest.Core.Feeds;
using Ingest.Core.Feeds.Sitemaps;

namespace Ingest.UnitTests.Feeds;

public sealed class SitemapTests
{
    private const string News = """
        <?xml version="1.0" encoding="UTF-8"?>
        <?xml-stylesheet type="text/xsl" href="/sitemap.xsl"?>
        <!-- made by a machine -->
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url>
            <loc> https://site.example/a?x=1&amp;y=2 </loc>
            <lastmod>2026-11-22T09:00:00+01:00</lastmod>
            <n:news>
              <n:publication><n:name>The Site</n:name><n:language>en</n:language></n:publication>
              <n:publication_date>2026-11-22T07:30:00Z</n:publication_date>
              <n:title><![CDATA[Harbour & <quay>]]></n:title>
              <n:keywords>harbour, wall</n:keywords>
            </n:news>
            <image:image><image:loc>https://site.example/a.jpg</image:loc><image:title>A picture</image:title></image:image>
          </url>
          <url><loc>https://site.example/b</loc><lastmod>2026-11-20</lastmod></url>
          <url><loc>https://site.example/c</loc><lastmod>2026-11-21</lastmod></url>
          <url><loc>https://site.example/undated</loc></url>
          <url><loc>javascript:alert(1)</loc><lastmod>2026-11-21</lastmod></url>
        </urlset>
        """;

    private const string Index = """
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <sitemap><loc>https://site.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
          <sitemap><loc>/new.xml.gz</loc><lastmod>2026-11-22</lastmod></sitemap>
          <sitemap><loc>https://site.example/news.xml</loc></sitemap>
        </sitemapindex>
        """;

    [Fact]
    public void News_come_with_all_that_is_said_of_them_and_pages_only_with_a_date_the_latest_first()
    {
        var feed = Parsed(News);
        Assert.Equal((FeedFormat.Sitemap, "The Site"), (feed.Format, feed.Title));
        Assert.Equal(["/a?x=1&y=2", "/c", "/b"], feed.Entries.Select(entry => entry.Link!.PathAndQuery));
        var news = feed.Entries[0];
        Assert.Equal(("Harbour & <quay>", "en", "https://site.example/a.jpg"), (news.Title, news.Language, news.Image?.Url));
        Assert.Equal((new DateTimeOffset(2026, 11, 22, 7, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero)), (news.Published!.Value, news.Updated!.Value.ToUniversalTime()));
        Assert.Equal(["harbour", "wall"], news.Categories.Select(category => category.Term));
        Assert.Null(feed.Entries[1].Published);
    }

    [Fact]
    public void An_index_leads_to_its_sitemaps_the_newest_first()
    {
        var feed = Parsed(Index);
        Assert.Equal(FeedFormat.SitemapIndex, feed.Format);
        Assert.Empty(feed.Entries);
        Assert.Equal(["/old.xml", "/new.xml.gz", "/news.xml"], feed.Sitemaps.Select(sitemap => sitemap.Url.AbsolutePath));
        Assert.Equal(["/news.xml", "/new.xml.gz"], SitemapLink.Newest(feed.Sitemaps, 2).Select(sitemap => sitemap.Url.AbsolutePath));
    }

    [Fact]
    public void A_packed_sitemap_is_unpacked_whatever_its_type_and_as_far_as_it_goes()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(News));
        Assert.Equal(3, Parsed(packed).Entries.Count);
        Assert.IsType<FeedParseOutcome>(Parse(packed.AsMemory(0, packed.Length / 2)), exactMatch: false);
        Assert.IsType<FeedParseOutcome.NotAFeed>(Parse(packed.AsMemory(0, 8)));
    }

    [Fact]
    public void A_packed_feed_is_a_feed() =>
        Assert.Equal(FeedFormat.Rss20, Parsed(Gzip("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"u8.ToArray())).Format);

    [Fact]
    public void A_feed_that_writes_of_sitemaps_is_no_sitemap() =>
        Assert.Equal(FeedFormat.Rss20, Parsed("<rss version='2.0'><channel><title><![CDATA[<urlset>]]></title><item><title>x</title></item></channel></rss>").Format);

    [Theory]
    [InlineData("no namespace", "<urlset><url><loc>https://site.example/a</loc><lastmod>2026-11-20</lastmod></url></urlset>", 1)]
    [InlineData("a prefix of its own", "<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'><s:url><s:loc>https://site.example/a</s:loc><s:lastmod>2026</s:lastmod></s:url></s:urlset>", 1)]
    [InlineData("cut short", "<urlset><url><loc>https://site.example/a</loc><lastmod>2026-11-20</lastmod></url><url><loc>https://site.ex", 1)]
    [InlineData("a bare ampersand", "<urlset><url><loc>https://site.example/?a=1&b=2</loc><lastmod>2026-11-20</lastmod></url></urlset>", 1)]
    [InlineData("a date that is none", "<urlset><url><loc>https://site.example/a</loc><lastmod>soon</lastmod></url></urlset>", 0)]
    [InlineData("nothing in it", "<urlset/>", 0)]
    public void Sitemaps_as_sites_write_them_are_read(string why, string text, int entries) => Assert.Equal((why, entries), (why, Parsed(text).Entries.Count));

    [Fact]
    public void Of_a_whole_site_only_the_latest_changes_are_taken()
    {
        var text = "<urlset>" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<url><loc>https://site.example/{i}</loc><lastmod>{new DateTime(2000, 1, 1).AddHours(i):yyyy-MM-ddTHH:mm:ssZ}</lastmod></url>")) + "</urlset>";
        var feed = Parsed(text);
        Assert.Equal(500, feed.Entries.Count);
        // Beyond fifty thousand, the protocol's limit, nothing is read.
        Assert.Equal("/49999", feed.Entries[0].Link!.AbsolutePath);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        var bomb = Gzip(new byte[SitemapReaderLimit + 1]);
        Assert.IsType<FeedParseOutcome.NotAFeed>(Parse(bomb));
    }

    [Fact]
    public void Mutated_and_cut_sitemaps_do_no_harm()
    {
        var chance = new Random(50_000);
        byte[][] documents = [Encoding.UTF8.GetBytes(News), Encoding.UTF8.GetBytes(Index), Gzip(Encoding.UTF8.GetBytes(News))];
        for (var i = 0; i < 1_500; i++)
        {
            var document = documents[i % documents.Length];
            var mutant = document[..chance.Next(1, document.Length)];
            for (var n = 0; n < 4; n++)
            {
                mutant[chance.Next(mutant.Length)] = "<>&\"'/=:!-[ \0\u00FF"u8[chance.Next(15)];
            }

            Assert.NotNull(Parse(mutant));
        }
    }

    /// <summary>50 MiB, as the protocol has it.</summary>
    private const int SitemapReaderLimit = 50 * 1024 * 1024;

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static FeedParseOutcome Parse(ReadOnlyMemory<byte> body) => new FeedParser().Parse(new FeedDocument(body) { Url = new Uri("https://site.example/sitemap.xml"), ContentType = "application/octet-stream" });

    private static ParsedFeed Parsed(ReadOnlyMemory<byte> body) => Assert.IsType<FeedParseOutcome.Parsed>(Parse(body)).Feed;

    private static ParsedFeed Parsed(string text) => Parsed(Encoding.UTF8.GetBytes(text));
}
