using System.Text;
using Ingest.Core.Feeds;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedProblemTests
{
    [Theory]
    [InlineData(FeedProblemKind.LeadingJunk, 1, 1, "stray <rss><channel/></rss>")]
    [InlineData(FeedProblemKind.LeadingJunk, 1, 1, "\n<?xml version='1.0'?><rss><channel/></rss>")]
    [InlineData(FeedProblemKind.TrailingJunk, 2, 1, "<rss><channel/></rss>\nstray")]
    [InlineData(FeedProblemKind.SecondRoot, 2, 1, "<rss><channel/></rss>\n<rss/>")]
    [InlineData(FeedProblemKind.CutShort, 2, 10, "<rss>\n<channel>")]
    [InlineData(FeedProblemKind.BareAmpersand, 1, 24, "<rss><channel><title>AT&T</title></channel></rss>")]
    [InlineData(FeedProblemKind.BareAmpersand, 1, 24, "<rss><channel><x a=\"a=1&b=2\"/></channel></rss>")]
    [InlineData(FeedProblemKind.BareAngleBracket, 1, 24, "<rss><channel><title>a < b</title></channel></rss>")]
    [InlineData(FeedProblemKind.UndefinedEntity, 2, 11, "<rss><channel>\n<title>a b&nbsp;c</title></channel></rss>")]
    [InlineData(FeedProblemKind.MissingEndTag, 1, 26, "<rss><channel><title><b>a</title></channel></rss>")]
    [InlineData(FeedProblemKind.StrayEndTag, 1, 15, "<rss><channel></item></channel></rss>")]
    [InlineData(FeedProblemKind.BrokenTag, 1, 15, "<rss><channel><title <x/></channel></rss>")]
    [InlineData(FeedProblemKind.UnquotedAttribute, 1, 14, "<rss version=2.0><channel/></rss>")]
    [InlineData(FeedProblemKind.UndeclaredPrefix, 1, 15, "<rss><channel><dc:date/></channel></rss>")]
    [InlineData(FeedProblemKind.ControlCharacters, 1, 22, "<rss><channel><title>\u0007</title></channel></rss>")]
    [InlineData(FeedProblemKind.DtdIgnored, 1, 1, "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel/></rss>")]
    [InlineData(FeedProblemKind.BrokenJson, 2, 3, "{\"items\":\n[{]}")]
    public void Problem_of_the_markup_has_its_line_and_column(FeedProblemKind kind, int line, int column, string text) =>
        Assert.Equal(new ProblemPlace(line, column, null), Problem(kind, text).Places[0]);

    [Theory]
    [InlineData(FeedProblemKind.UnreadableDate, "<item><guid>2</guid><pubDate>soon</pubDate></item>")]
    [InlineData(FeedProblemKind.MissingId, "<item><title>Two</title></item>")]
    [InlineData(FeedProblemKind.DuplicateId, "<item><guid>1</guid></item>")]
    [InlineData(FeedProblemKind.DoubleEscapedTitle, "<item><guid>2</guid><title>A &amp;amp;amp; B</title></item>")]
    [InlineData(FeedProblemKind.RelativeAddress, "<item><guid>2</guid><link>/two</link></item>")]
    public void Problem_of_an_entry_has_its_index(FeedProblemKind kind, string second)
    {
        var problem = Problem(kind, $"<rss><channel><item><guid>1</guid></item>{second}</channel></rss>");
        Assert.Contains(new ProblemPlace(null, null, 1), problem.Places);
    }

    [Fact]
    public void Charset_that_cannot_be_is_a_problem_of_the_whole()
    {
        var problem = Problem(FeedProblemKind.WrongCharset, "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Größe</title></channel></rss>");
        Assert.Empty(problem.Places);
    }

    [Fact]
    public void Charset_that_nobody_knows_is_noted() =>
        Problem(FeedProblemKind.UnknownCharset, "<?xml version='1.0' encoding='x-nobody'?><rss><channel/></rss>");

    [Fact]
    public void Problems_are_counted_beyond_those_whose_place_is_kept()
    {
        var problem = Problem(FeedProblemKind.BareAmpersand, $"<rss><channel><title>{new string('&', 500)}</title></channel></rss>");
        Assert.Equal(500, problem.Count);
        Assert.Equal(10, problem.Places.Count);
    }

    [Fact]
    public void Well_formed_feed_has_none()
    {
        var feed = Parsed("<?xml version='1.0'?><rss version='2.0'><channel><title>A &amp; B</title><item><link>https://a.example/1</link></item></channel></rss>");
        Assert.Empty(feed.Problems);
        Assert.False(feed.Malformed);
    }

    [Fact]
    public void What_is_left_out_makes_no_document_malformed()
    {
        var feed = Parsed("<rss><channel><item><guid>1</guid><pubDate>soon</pubDate></item></channel></rss>");
        Assert.NotEmpty(feed.Problems);
        Assert.False(feed.Malformed);
    }

    private static FeedProblem Problem(FeedProblemKind kind, string text) => Assert.Single(Parsed(text).Problems, problem => problem.Kind == kind);

    private static ParsedFeed Parsed(string text) =>
        Assert.IsType<FeedParseOutcome.Parsed>(new FeedParser().Parse(new FeedDocument(Encoding.UTF8.GetBytes(text)))).Feed;
}
