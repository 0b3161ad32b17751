using System.Text;
using System.Xml.Linq;
using Ingest.Core.Feeds.Opml;

namespace Ingest.UnitTests.Feeds;

public sealed class OpmlTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Folders_become_tags_and_unknown_attributes_are_kept()
    {
        var document = Read("""
            <?xml version="1.0"?>
            <opml version="2.0" xmlns:r="https://reader.example/ns">
              <head><title>My feeds &amp; more</title></head>
              <body>
                <outline text="News">
                  <outline text="Europe">
                    <outline text="Harbour" title="Harbour news" type="rss" xmlUrl="https://a.example/feed?a=1&amp;b=2" htmlUrl="https://a.example/" language="de" r:star="yes"/>
                  </outline>
                  <outline type="rss" title="Only a title" xmlUrl="http://b.example/rss"></outline>
                </outline>
                <outline text="On top" type="atom" xmlUrl="https://c.example/atom"/>
              </body>
            </opml>
            """);
        Assert.Equal("My feeds & more", document.Title);
        Assert.Empty(document.Refused);
        var harbour = document.Feeds[0];
        Assert.Equal(("https://a.example/feed?a=1&b=2", "Harbour", "https://a.example/", 7), (harbour.Url.AbsoluteUri, harbour.Title, harbour.SiteUrl, harbour.Line));
        Assert.Equal(["News > Europe"], harbour.Tags);
        Assert.Equal([("language", "de"), ("title", "Harbour news"), ("{https://reader.example/ns}star", "yes")], harbour.Attributes.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(("Only a title", "News"), (document.Feeds[1].Title, Assert.Single(document.Feeds[1].Tags)));
        Assert.Empty(document.Feeds[2].Tags);
        Assert.Equal("atom", document.Feeds[2].Attributes["type"]);
    }

    [Fact]
    public void What_is_written_is_read_back_as_it_was()
    {
        var feeds = new List<OpmlFeed>
        {
            new(new Uri("https://a.example/?a=1&b=%20"), "Quotes \" and <tags> & 'more'")
            {
                SiteUrl = "https://a.example/", Tags = ["News > Europe", "Daily"], Attributes = new Dictionary<string, string> { ["category"] = "/x,/y", ["{urn:z}star"] = "1", ["type"] = "atom" },
            },
            new(new Uri("https://b.example/"), "Größe 漢字 🚢"),
            new(new Uri("https://c.example/"), null) { Tags = ["News"] },
        };
        var document = OpmlReader.Read(OpmlWriter.Write("Title", Now, feeds))!;
        Assert.Equal("Title", document.Title);
        Assert.Equal(feeds.Select(Told).Order(StringComparer.Ordinal), document.Feeds.Select(Told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_written_is_well_formed_whatever_is_in_it()
    {
        var feed = new OpmlFeed(new Uri("https://a.example/"), "a\0b\uD800c\uFFFFd") { Tags = ["\u0001", "x > > y"], Attributes = new Dictionary<string, string> { ["no name"] = "x", ["xmlns:a"] = "u", ["p:q"] = "v", ["{}"] = "", ["ok"] = "\u0002" } };
        var xml = XDocument.Parse(Encoding.UTF8.GetString(OpmlWriter.Write("\u0003", Now, [feed])));
        Assert.Equal("2.0", xml.Root!.Attribute("version")!.Value);
        Assert.Contains(xml.Descendants("outline"), outline => outline.Attribute("ok") is not null);
    }

    [Theory]
    [InlineData("a bare ampersand", "<opml><body><outline text='A & B' xmlUrl='https://a.example/?x=1&y=2'/></body></opml>", "A & B", "https://a.example/?x=1&y=2")]
    [InlineData("an entity of HTML", "<opml><body><outline text='Caf&eacute;' xmlUrl='https://a.example/'/></body></opml>", "Café", "https://a.example/")]
    [InlineData("no end", "<opml><body><outline text='A' xmlUrl='https://a.example/'", null, null)]
    [InlineData("cut short after a feed", "<opml><body><outline text='A' xmlUrl='https://a.example/'><outline te", "A", "https://a.example/")]
    [InlineData("no root", "<outline text='A' xmlUrl='https://a.example/'/>", "A", "https://a.example/")]
    [InlineData("names in another case", "<OPML><BODY><OUTLINE TEXT='A' XMLURL='https://a.example/'/></BODY></OPML>", "A", "https://a.example/")]
    [InlineData("without quotes", "<opml><body><outline text=A xmlUrl=https://a.example/x /></body></opml>", "A", "https://a.example/x")]
    [InlineData("an angle bracket in a value", "<opml><body><outline text='1 < 2 > 0' xmlUrl='https://a.example/'/></body></opml>", "1 < 2 > 0", "https://a.example/")]
    [InlineData("the scheme of readers", "<opml><body><outline text='A' xmlUrl='feed://a.example/x'/></body></opml>", "A", "http://a.example/x")]
    [InlineData("OPML 1.0 with url", "<opml><body><outline text='A' type='rss' url='https://a.example/x'/></body></opml>", "A", "https://a.example/x")]
    [InlineData("spaces and line breaks", "<opml><body><outline text=' A\n B ' xmlUrl='\n https://a.example/x '/></body></opml>", "A B", "https://a.example/x")]
    public void Broken_files_are_read_as_far_as_they_go(string why, string file, string? title, string? url)
    {
        var feed = Read(file).Feeds.SingleOrDefault();
        Assert.Equal((why, title, url), (why, feed?.Title, feed?.Url.AbsoluteUri));
    }

    [Fact]
    public void What_is_refused_is_told_by_line()
    {
        var document = Read("<opml><body>\n<outline text='A' xmlUrl='ftp://a.example/'/>\n\n<outline text='B'/>\r\n<outline type='include' text='C' url='https://x.example/'/>\n<outline text='D' xmlUrl='feed.xml'/></body></opml>");
        Assert.Empty(document.Feeds);
        Assert.Equal([(2, "A"), (4, "B"), (5, "C"), (6, "D")], document.Refused.Select(refusal => (refusal.Line, refusal.Outline)));
        Assert.All(document.Refused, refusal => Assert.NotEmpty(refusal.Why));
    }

    [Fact]
    public void A_feed_in_two_folders_is_one_feed_with_two_tags()
    {
        var document = Read("<opml><body><outline text='X'><outline text='A' xmlUrl='https://a.example/'/></outline>\n<outline text='Y'><outline text='A again' xmlUrl='https://a.example'/></outline></body></opml>");
        Assert.Equal(["X", "Y"], Assert.Single(document.Feeds).Tags);
        Assert.Equal(2, Assert.Single(document.Repeated).Line);
    }

    [Theory]
    [InlineData("a feed", "<rss><channel><title>x</title></channel></rss>")]
    [InlineData("a page", "<html><body><p>x</p></body></html>")]
    [InlineData("nothing", "")]
    [InlineData("text", "https://a.example/feed")]
    public void What_is_no_list_is_none(string why, string text)
    {
        Assert.NotEmpty(why);
        Assert.Null(OpmlReader.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Mutated_cut_and_hostile_files_do_no_harm()
    {
        var chance = new Random(5000);
        var bytes = OpmlWriter.Write("Title", Now, [new OpmlFeed(new Uri("https://a.example/?a=1&b=2"), "A & B") { Tags = ["X > Y"], Attributes = new Dictionary<string, string> { ["{urn:z}a"] = "b" } }]);
        for (var i = 0; i < 2_000; i++)
        {
            var mutant = bytes[..chance.Next(1, bytes.Length)];
            for (var n = 0; n < 6; n++)
            {
                mutant[chance.Next(mutant.Length)] = "<>&\"'/=:{} \0\u00FF"u8[chance.Next(13)];
            }

            if (OpmlReader.Read(mutant) is { } document)
            {
                OpmlWriter.Write("again", Now, document.Feeds);
            }
        }

        var deep = Read("<opml>" + string.Concat(Enumerable.Repeat("<outline text='f'>", 100_000)) + "<outline text='A' xmlUrl='https://a.example/'/>");
        Assert.Equal(8, deep.Feeds[0].Tags[0].Split(OpmlFeed.FolderSeparator).Length);
    }

    private static OpmlDocument Read(string text) => OpmlReader.Read(Encoding.UTF8.GetBytes(text))!;

    private static string Told(OpmlFeed feed) =>
        $"{feed.Url} {feed.Title ?? feed.Url.AbsoluteUri} {feed.SiteUrl} {string.Join('|', feed.Tags.Order(StringComparer.Ordinal))} {string.Join('|', feed.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))}";
}
