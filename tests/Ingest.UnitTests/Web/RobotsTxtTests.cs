using System.Text;
using Ingest.Core.Web;

namespace Ingest.UnitTests.Web;

public sealed class RobotsTxtTests
{
    /// <summary>The rules of RFC 9309, section 5.1, in our words: groups of all, of one, of two, and one without rules.</summary>
    private const string Groups = """
        User-Agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-Agent: foobot
        Disallow:/
        Allow:/example/page.html
        Allow:/example/allowed.gif

        User-Agent: barbot
        User-Agent: bazbot
        Disallow: /example/page.html

        User-Agent: quxbot
        """;

    [Theory]
    [InlineData("everyone's group", "anybot", "/example/page.html", false)]
    [InlineData("everyone's group, a wildcard", "anybot", "/pictures/one.gif", false)]
    [InlineData("everyone's group, what only begins like the wildcard", "anybot", "/pictures/one.gifts", true)]
    [InlineData("everyone's group, allowed", "anybot", "/publications/list", true)]
    [InlineData("everyone's group, allowed, and a wildcard that is shorter", "anybot", "/publications/one.gif", true)]
    [InlineData("nothing is said", "anybot", "/", true)]
    [InlineData("a group of its own replaces everyone's", "foobot", "/publications/list", false)]
    [InlineData("an exception of its own", "foobot", "/example/page.html", true)]
    [InlineData("another exception, and everyone's wildcard does not count", "foobot", "/example/allowed.gif", true)]
    [InlineData("the first of two in one group", "barbot", "/example/page.html", false)]
    [InlineData("the second of two in one group", "bazbot", "/example/page.html", false)]
    [InlineData("everyone's rules are not theirs", "bazbot", "/example/other.gif", true)]
    [InlineData("a group without rules allows all", "quxbot", "/example/page.html", true)]
    public void Groups_are_for_whom_they_name(string why, string agent, string path, bool allowed) => AssertVerdict(why, Groups, agent, path, allowed);

    public static TheoryData<string, string, string, bool> LongestMatches => new()
    {
        { "section 5.2: the longer one allows", "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", true },
        { "section 5.2: the longer one disallows", "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false },
        { "the order of lines does not matter", "Disallow: /example/page/disallowed.gif\nAllow: /example/page/", "/example/page/disallowed.gif", false },
        { "equals: what allows", "Disallow: /folder\nAllow: /folder", "/folder/page", true },
        { "equals in the other order", "Allow: /folder\nDisallow: /folder", "/folder/page", true },
        { "all but one folder", "Disallow: /\nAllow: /open/", "/open/page", true },
        { "all but one folder, elsewhere", "Disallow: /\nAllow: /open/", "/shut", false },
        { "a wildcard counts as an octet", "Allow: /page\nDisallow: /*.htm", "/page.htm", false },
        { "a path as long as a wildcard", "Allow: /pages\nDisallow: /*.htm", "/pages.htm", true },
        { "only the front page", "Allow: /$\nDisallow: /", "/", true },
        { "only the front page, another", "Allow: /$\nDisallow: /", "/page.htm", false },
        { "an encoded octet counts as three", "Allow: /%C3%A4\nDisallow: /*", "/ä", true },
        { "an empty disallow is no rule", "Disallow:", "/anything", true },
        { "an empty allow is no rule", "Allow:\nDisallow: /", "/anything", false },
    };

    [Theory]
    [MemberData(nameof(LongestMatches))]
    public void The_most_specific_rule_wins(string why, string rules, string path, bool allowed) => AssertVerdict(why, "User-agent: *\n" + rules, "ingest", path, allowed);

    public static TheoryData<string, string, string, bool> Patterns => new()
    {
        { "a prefix", "/fish", "/fish/salmon.html", true },
        { "a prefix within a word", "/fish", "/fishheads", true },
        { "a prefix before a query", "/fish", "/fish?id=1", true },
        { "letters have a case", "/fish", "/Fish.asp", false },
        { "only from the beginning", "/fish", "/catfish", false },
        { "a folder is not its own name", "/fish/", "/fish", false },
        { "a star at the end changes nothing", "/fish*", "/fish.html", true },
        { "a star inside", "/*.php", "/folder/any.php.file.html", true },
        { "a star inside, another case", "/*.php", "/windows.PHP", false },
        { "a star may stand for nothing", "/a*b", "/ab", true },
        { "two stars side by side", "/a**b", "/axxb", true },
        { "many stars, in order", "/a*b*c*d", "/a1b2c3d4", true },
        { "many stars, out of order", "/a*b*c*d", "/a1c2b3d4", false },
        { "a piece is not used twice", "/ab*ba", "/aba", false },
        { "a star first", "*/private/", "/users/7/private/page", true },
        { "the end", "/*.php$", "/folder/file.php", true },
        { "the end, and a query after it", "/*.php$", "/file.php?a=b", false },
        { "the end, and more after it", "/*.php$", "/file.php5", false },
        { "the end, after a first occurrence", "/*a$", "/xa/xa", true },
        { "the end without a star", "/page$", "/page", true },
        { "the end without a star, and more", "/page$", "/pages", false },
        { "a dollar inside stands for itself", "/a$b", "/a$b", true },
        { "an encoded dollar at the end stands for itself", "/price%24", "/price$/7", true },
        { "an encoded star stands for itself", "/file-%2A.html", "/file-*.html", true },
        { "an encoded star stands for nothing else", "/file-%2A.html", "/file-a.html", false },
        { "a query", "/*?print=", "/article?print=1", true },
        { "a query's second parameter", "/*&print=", "/article?a=1&print=1", true },
        { "no path at all", "fish", "/fish", false },
        { "a whole address is no path", "https://site.example/fish", "/fish", false },
        { "a blank in the path", "/a b", "/a%20b", true },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_matches(string why, string pattern, string path, bool matches) =>
        AssertVerdict(why, $"User-agent: *\nDisallow: {pattern}", "ingest", path, !matches);

    public static TheoryData<string, string, string> SamePaths => new()
    {
        { "nothing to encode", "/foo/bar?baz=quz", "/foo/bar?baz=quz" },
        { "an address in a query", "/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar" },
        { "the same, encoded in the rule", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar" },
        { "letters beyond ASCII in the rule", "/foo/bar/ツ", "/foo/bar/%E3%83%84" },
        { "letters beyond ASCII in the address", "/foo/bar/%E3%83%84", "/foo/bar/ツ" },
        { "letters encoded without need", "/foo/bar/%62%61%7A", "/foo/bar/baz" },
        { "letters encoded without need in the address", "/foo/bar/baz", "/foo/bar/%62%61%7A" },
        { "small hexadecimal digits", "/foo/%e3%83%84", "/foo/%E3%83%84" },
        { "a slash that is encoded in both", "/a%2fb", "/a%2Fb" },
        { "a percent sign that encodes nothing", "/100%", "/100%" },
        { "a percent sign before one digit", "/100%2", "/100%2" },
    };

    [Theory]
    [MemberData(nameof(SamePaths))]
    public void Paths_are_compared_in_one_encoding(string why, string rule, string path)
    {
        AssertVerdict(why, $"User-agent: *\nDisallow: {rule}$", "ingest", path, allowed: false);
        AssertVerdict(why + ", another path", $"User-agent: *\nDisallow: {rule}$", "ingest", path + "x", allowed: true);
    }

    [Fact]
    public void An_encoded_slash_in_a_path_is_no_slash() => AssertVerdict("%2F", "User-agent: *\nDisallow: /a/b", "ingest", "/a%2Fb", allowed: true);

    [Fact]
    public void A_rule_in_another_charset_is_compared_by_its_octets()
    {
        var robots = RobotsTxt.Parse([.. "User-agent: *\nDisallow: /caf"u8, 0xE9]);
        Assert.False(robots.Check("ingest", "/caf%E9").Allowed);
        Assert.True(robots.Check("ingest", "/caf%C3%A9").Allowed);
    }

    public static TheoryData<string, string, bool> Files => new()
    {
        { "a byte order mark", "\uFEFFUser-agent: ingest\nDisallow: /", false },
        { "lines ended by CR", "User-agent: ingest\rDisallow: /\r", false },
        { "lines ended by CR and LF", "User-agent: ingest\r\nDisallow: /\r\n", false },
        { "all kinds of line ends", "User-agent: x\r\nDisallow:\rUser-agent: ingest\n\rDisallow: /", false },
        { "fields in any case", "USER-AGENT: INGEST\ndisALLOW: /", false },
        { "blanks everywhere", "  User-agent \t:  ingest  \n\t Disallow  :  /  ", false },
        { "no blank", "User-agent:ingest\nDisallow:/", false },
        { "comments", "# all\nUser-agent: ingest # us\nDisallow: / # everything", false },
        { "a comment that eats the path", "User-agent: ingest\nDisallow: # /", true },
        { "an empty line within a group", "User-agent: ingest\n\nDisallow: /", false },
        { "unknown lines between", "User-agent: ingest\nNoindex: /x\nHost: site.example\nDisallow: /", false },
        { "a sitemap does not end a group's head", "User-agent: ingest\nSitemap: https://site.example/s.xml\nUser-agent: other\nDisallow: /", false },
        { "an unknown line does not end a group's head", "User-agent: ingest\nCrawl-delay: 2\nUser-agent: other\nDisallow: /", false },
        { "a rule ends a group's head", "User-agent: ingest\nDisallow:\nUser-agent: other\nDisallow: /", true },
        { "rules before any user agent", "Disallow: /\nUser-agent: ingest\nAllow: /x", true },
        { "several groups of one agent", "User-agent: ingest\nDisallow: /a\n\nUser-agent: other\nDisallow:\n\nUser-agent: ingest\nDisallow: /", false },
        { "several groups of everyone", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /", false },
        { "an agent named twice in one head", "User-agent: ingest\nUser-agent: INGEST\nDisallow: /", false },
        { "a version behind the agent", "User-agent: ingest/2.1\nDisallow: /", false },
        { "words behind the star", "User-agent: * (all)\nDisallow: /", false },
        { "an agent that only begins alike", "User-agent: ingestion\nDisallow: /", true },
        { "an agent that ours begins with", "User-agent: ing\nDisallow: /", true },
        { "an agent without a name", "User-agent:\nDisallow: /", true },
        { "a forgotten colon", "User-agent ingest\nDisallow /", false },
        { "a forgotten hyphen", "User agent: ingest\nDisallow: /", false },
        { "one's own group is asked, not everyone's", "User-agent: *\nDisallow: /\n\nUser-agent: ingest\nAllow: /x", true },
        { "a page instead of a file", "<!doctype html><title>User-agent: *</title><p>Disallow: /</p>", true },
        { "nothing", "", true },
        { "NULs", "\0\0User-agent: ingest\0\nDisallow: /\0", false },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_as_sites_write_it_is_read(string why, string file, bool allowed) => AssertVerdict(why, file, "Ingest", "/page", allowed);

    [Fact]
    public void The_file_itself_is_open_to_all() => Assert.True(RobotsTxt.DisallowAll.Check("ingest", "/robots.txt").Allowed);

    [Fact]
    public void The_deciding_line_is_named()
    {
        var verdict = Parse("User-agent: *\nAllow: /\n# drafts\nDisallow: /drafts*$").Check("ingest", "/drafts/1");
        Assert.Equal(new RobotsVerdict(false, 4, "Disallow: /drafts*$"), verdict);
        Assert.Null(RobotsTxt.AllowAll.Check("ingest", "/").Line);
    }

    [Theory]
    [InlineData("seconds", "10", 10.0)]
    [InlineData("parts of a second", "0.5", 0.5)]
    [InlineData("more than the cap", "86400000", 30.0)]
    [InlineData("more than a number", "99999999999999999999999999999999999999", null)]
    [InlineData("negative", "-1", null)]
    [InlineData("a word", "slow", null)]
    public void A_crawl_delay_is_a_courtesy_with_a_cap(string why, string value, double? seconds)
    {
        Assert.NotEmpty(why);
        var delay = Parse($"User-agent: *\nCrawl-delay: {value}\nDisallow:").CrawlDelay("ingest", TimeSpan.FromSeconds(30));
        Assert.Equal(seconds, delay?.TotalSeconds);
    }

    [Fact]
    public void Of_several_crawl_delays_the_longest_holds_for_the_agent_they_are_for()
    {
        var robots = Parse("User-agent: ingest\nCrawl-delay: 2\nDisallow: /a\n\nUser-agent: ingest\nCrawl-delay: 5\n\nUser-agent: other\nDisallow: /b");
        Assert.Equal(TimeSpan.FromSeconds(5), robots.CrawlDelay("ingest", TimeSpan.MaxValue));
        Assert.Null(RobotsTxt.AllowAll.CrawlDelay("ingest", TimeSpan.MaxValue));
    }

    [Fact]
    public void Sitemaps_stand_anywhere_and_count_once()
    {
        var robots = Parse("Sitemap: https://site.example/a.xml\nUser-agent: x\nDisallow: /\nSITEMAP:/b.xml\nsitemap: https://site.example/a.xml\nSitemap:");
        Assert.Equal(["https://site.example/a.xml", "/b.xml"], robots.Sitemaps);
    }

    [Theory]
    [InlineData("Ingest/1.0 (ops@example.org)", "Ingest")]
    [InlineData("Ingest", "Ingest")]
    [InlineData("news-reader (+https://example.org)", "news-reader")]
    [InlineData("", "")]
    public void A_product_token_stands_before_the_version(string userAgent, string token) => Assert.Equal(token, RobotsTxt.ProductToken(userAgent));

    [Fact]
    public void Beyond_the_limit_nothing_is_read_nor_half_a_line()
    {
        var head = "User-agent: *\n" + new string('#', RobotsTxt.MaxBytes - 26) + "\n";
        var robots = Parse(head + "Disallow: /drafts\nDisallow: /more\n");
        Assert.True(robots.Check("ingest", "/page").Allowed);
        Assert.True(robots.Check("ingest", "/drafts").Allowed);
        Assert.False(Parse(head[..^40] + "\nDisallow: /drafts\n").Check("ingest", "/drafts").Allowed);
    }

    [Fact]
    public void Mutated_and_cut_files_do_no_harm()
    {
        var chance = new Random(9309);
        var bytes = Encoding.UTF8.GetBytes(Groups + "\nCrawl-delay: 3\nSitemap: /s.xml\nDisallow: /a*b%2Fc$\n");
        for (var i = 0; i < 2_000; i++)
        {
            var mutant = bytes[..chance.Next(bytes.Length)];
            for (var n = 0; n < 6 && mutant.Length > 0; n++)
            {
                mutant[chance.Next(mutant.Length)] = "*$%:#\r\n\0\u00FF /?-9"u8[chance.Next(15)];
            }

            var robots = RobotsTxt.Parse(mutant);
            Assert.NotNull(robots.Check("foobot", "/a%2/b?c*d$%zz"));
            _ = robots.CrawlDelay("foobot", TimeSpan.FromMinutes(1));
        }
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "stars only", "User-agent: *\nDisallow: /" + new string('*', RobotsTxt.MaxBytes - 100) },
        { "many stars", "User-agent: *\n" + string.Concat(Enumerable.Repeat("Disallow: /*a*a*a*a*a*a*a*a*b\n", 17_000)) },
        { "many agents and many rules", string.Concat(Enumerable.Repeat("User-agent: a\nUser-agent: b\n", 8_000)) + string.Concat(Enumerable.Repeat("Disallow: /x\n", 20_000)) },
        { "many groups of one agent", string.Concat(Enumerable.Repeat("User-agent: *\nDisallow: /x\n", 19_000)) },
        { "many sitemaps", string.Concat(Enumerable.Range(0, 40_000).Select(i => $"Sitemap: {i}\n")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_files_are_read_and_asked(string why, string file) => AssertVerdict(why, file, "ingest", "/" + new string('a', 2_000), allowed: !why.StartsWith("stars", StringComparison.Ordinal));

    private static RobotsTxt Parse(string file) => RobotsTxt.Parse(Encoding.UTF8.GetBytes(file));

    private static void AssertVerdict(string why, string file, string agent, string path, bool allowed) =>
        Assert.True(allowed == Parse(file).Check(agent, path).Allowed, why);
}
