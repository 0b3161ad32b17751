using System.Diagnostics;
using System.Text;
using Ingest.Core.Feeds;

namespace Ingest.UnitTests.Feeds;

public sealed class FeedRobustnessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Documents => [.. GoldenFiles.In("feeds")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_cut_anywhere_does_no_harm(string document)
    {
        var bytes = GoldenFiles.Read(document);
        var chance = new Random(17);
        for (var i = 0; i < 60; i++)
        {
            Parse(bytes.AsMemory(0, chance.Next(bytes.Length)));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_with_bytes_changed_does_no_harm(string document)
    {
        var bytes = GoldenFiles.Read(document);
        var chance = new Random(42);
        for (var i = 0; i < 100; i++)
        {
            var mutant = (byte[])bytes.Clone();
            for (var n = chance.Next(1, 8); n > 0; n--)
            {
                mutant[chance.Next(mutant.Length)] = "<>&\"'/![]-; \0\u00FF="u8[chance.Next(14)];
            }

            Parse(mutant);
        }
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "elements nested a hundred thousand deep", string.Concat(Enumerable.Repeat("<a>", 100_000)) },
        { "the same within a feed", "<rss><channel>" + string.Concat(Enumerable.Repeat("<channel>", 100_000)) },
        { "escaped markup nested deeply", Item(string.Concat(Enumerable.Repeat("&lt;b&gt;", 100_000))) },
        { "a JSON Feed nested deeply", "{\"items\":" + new string('[', 100_000) },
        { "one huge attribute", $"<rss version='{new string('x', 5_000_000)}'><channel/></rss>" },
        { "a hundred thousand attributes", "<rss " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='' ")) + "><channel/></rss>" },
        { "a hundred thousand namespaces", "<rss " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"xmlns:a{i}='u{i}' ")) + "><channel/></rss>" },
        { "ampersands only", Item(new string('&', 1_000_000)) },
        { "escaped ampersands only", Item(string.Concat(Enumerable.Repeat("&amp;", 500_000))) },
        { "open angle brackets only", "<rss><channel>" + new string('<', 1_000_000) },
        { "escaped angle brackets only", Item(string.Concat(Enumerable.Repeat("&lt;", 500_000))) },
        { "tags that never end", Item(string.Concat(Enumerable.Repeat("&lt;a href=\"", 200_000))) },
        { "quotes that never end", "<rss><channel " + string.Concat(Enumerable.Repeat("a=\"b c='d ", 100_000)) },
        { "comments that never end", "<rss>" + string.Concat(Enumerable.Repeat("<!--", 200_000)) },
        { "sections that never end", Item(string.Concat(Enumerable.Repeat("<![CDATA[", 200_000))) },
        { "scripts that never end", Item(string.Concat(Enumerable.Repeat("&lt;script&gt;&lt;/", 100_000))) },
        { "end tags that match nothing", "<rss><channel>" + string.Concat(Enumerable.Repeat("</x>", 300_000)) },
        { "a declaration that never ends", "<!DOCTYPE rss [" + string.Concat(Enumerable.Repeat("<!ENTITY a \"", 100_000)) },
        { "an entity that is used a million times", "<!DOCTYPE rss [<!ENTITY a \"" + new string('a', 250) + "\">]><rss><channel><title>" + string.Concat(Enumerable.Repeat("&a;", 1_000_000)) },
        { "a hundred thousand categories", "<rss><channel><item>" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<category>{i}</category>")) },
        { "white space only", new string(' ', 5_000_000) },
        { "a title of spaces and quotes", "<rss><channel><title>&lt;a " + string.Concat(Enumerable.Repeat("        \"", 200_000)) + "&gt;&lt;/a&gt;</title>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_input_is_read_or_refused_in_good_time(string what, string text)
    {
        var watch = Stopwatch.StartNew();
        Parse(Encoding.UTF8.GetBytes(text));
        Assert.True(watch.Elapsed < Patience, $"{what}: {watch.Elapsed}");
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        var outcome = Parse(Encoding.UTF8.GetBytes("<rss><channel>" + string.Concat(Enumerable.Repeat("<x>", 300))));
        Assert.IsType<FeedParseOutcome.NotAFeed>(outcome);
    }

    [Fact]
    public void Entries_beyond_the_limit_are_left_out()
    {
        var parser = new FeedParser(new FeedLimits { MaxEntries = 3 });
        var text = "<rss><channel>" + string.Concat(Enumerable.Repeat("<item><title>x</title></item>", 10)) + "</channel></rss>";
        var feed = Assert.IsType<FeedParseOutcome.Parsed>(parser.Parse(new FeedDocument(Encoding.UTF8.GetBytes(text)))).Feed;
        Assert.Equal(3, feed.Entries.Count);
    }

    [Fact]
    public void Characters_beyond_the_limit_are_refused()
    {
        var parser = new FeedParser(new FeedLimits { MaxCharacters = 100 });
        Assert.IsType<FeedParseOutcome.NotAFeed>(parser.Parse(new FeedDocument(new byte[101])));
    }

    [Fact]
    public void Every_feed_of_the_shared_corpus_is_read_without_harm()
    {
        var folder = Path.Combine(RepositoryFolders.Shared("feeds"), "feeds");
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"{folder} is not there.");
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            Parse(bytes);
            Parse(bytes.AsMemory(0, bytes.Length / 2));
        }
    }

    private static FeedParseOutcome Parse(ReadOnlyMemory<byte> body)
    {
        var outcome = new FeedParser().Parse(new FeedDocument(body) { Url = new Uri("https://feeds.example/feed") });
        Assert.NotNull(outcome);
        return outcome;
    }

    private static string Item(string description) =>
        $"<rss version=\"2.0\"><channel><item><title>{description}</title><description>{description}</description></item></channel></rss>";
}
