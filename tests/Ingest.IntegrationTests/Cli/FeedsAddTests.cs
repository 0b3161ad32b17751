using System.Text.Json;
using Ingest.IntegrationTests.Harness;

namespace Ingest.IntegrationTests.Cli;

/// <summary>Subscribing by the command line: to feeds, to sites, to lists of feeds.</summary>
public sealed class FeedsAddTests
{
    private const string Rss = "<rss version='2.0'><channel><title>All of it</title><item><title>x</title></item></channel></rss>";

    [Fact]
    public async Task A_site_is_looked_through_and_a_choice_is_never_made_by_chance()
    {
        using var data = new TempFolder();
        await using var site = await PlainSite.StartAsync();
        site.Put("/one", "text/html", "<link rel=alternate type='application/rss+xml' title='The one' href='/feed'><link rel=alternate type='application/rss+xml' title='Comments' href='/comments/feed'>");
        site.Put("/two", "text/html", "<link rel=alternate type='application/rss+xml' href='/a.rss'><link rel=alternate type='application/atom+xml' href='/b.atom'>");
        site.Put("/feed.xml", "text/xml", Rss);

        var one = await RunAsync(data, site, "feeds", "add", site["/one"].AbsoluteUri, "--tag", "News", "--tag", "Daily");
        Assert.Contains($"feed 1 added: {site["/feed"]}", one.Output, StringComparison.Ordinal);
        Assert.Equal(["/one"], site.Requests);

        var two = await RunAsync(data, site, "feeds", "add", site["/two"].AbsoluteUri);
        Assert.Equal(1, two.ExitCode);
        Assert.Contains("/b.atom", two.Output, StringComparison.Ordinal);
        Assert.Contains("--first", two.Errors, StringComparison.Ordinal);
        var choices = JsonDocument.Parse((await RunAsync(data, site, "feeds", "add", site["/two"].AbsoluteUri, "--json")).Output).RootElement[0].GetProperty("choices");
        Assert.Equal(2, choices.GetArrayLength());
        Assert.Contains("/a.rss", (await RunAsync(data, site, "feeds", "add", site["/two"].AbsoluteUri, "--first")).Output, StringComparison.Ordinal);

        var feed = await RunAsync(data, site, "feeds", "add", site["/feed.xml"].AbsoluteUri);
        Assert.Contains("added", feed.Output, StringComparison.Ordinal);
        var listed = JsonDocument.Parse((await RunAsync(data, site, "feeds", "list", "--json")).Output).RootElement;
        Assert.Equal(["News", "Daily"], listed[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("All of it", listed[2].GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_is_no_feed_is_refused_what_is_away_is_taken_and_a_person_may_insist()
    {
        using var data = new TempFolder();
        await using var site = await PlainSite.StartAsync();
        site.Put("/page", "text/html", "<h1>No feed</h1>");
        site.Refuse("/busy", 503);

        var page = await RunAsync(data, site, "feeds", "add", site["/page"].AbsoluteUri);
        Assert.Equal(1, page.ExitCode);
        Assert.Contains("--as-is", page.Errors, StringComparison.Ordinal);
        var busy = await RunAsync(data, site, "feeds", "add", site["/busy"].AbsoluteUri);
        Assert.Equal(0, busy.ExitCode);
        Assert.Contains("HTTP 503", busy.Errors, StringComparison.Ordinal);
        site.Forget();
        Assert.Equal(0, (await RunAsync(data, site, "feeds", "add", site["/page"].AbsoluteUri, "--as-is")).ExitCode);
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task A_list_is_imported_told_line_by_line_and_exported_as_it_was()
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["in.opml"], """
            <opml version="1.0"><body>
            <outline text="News"><outline text="Europe">
            <outline text="A &amp; B" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" mood="good"/>
            </outline></outline>
            <outline text="Not a feed"/>
            <outline text="A again" xmlUrl="https://a.example/feed"/>
            <outline text="C" xmlUrl="https://c.example/feed"/>
            </body></opml>
            """, CancellationToken.None);
        var dry = await RunAsync(data, null, "feeds", "import", data["in.opml"], "--dry-run");
        Assert.Contains("2 feeds would be added", dry.Output, StringComparison.Ordinal);
        var first = await RunAsync(data, null, "feeds", "import", data["in.opml"]);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("2 feeds added, 0 there already, 1 named again, 1 refused", first.Output, StringComparison.Ordinal);
        Assert.Contains("line 5: refused: Not a feed", first.Output, StringComparison.Ordinal);
        Assert.Contains("line 6: named again", first.Output, StringComparison.Ordinal);
        var second = JsonDocument.Parse((await RunAsync(data, null, "feeds", "import", data["in.opml"], "--json")).Output).RootElement;
        Assert.Equal((0, 2), (second.GetProperty("added").GetArrayLength(), second.GetProperty("alreadyThere").GetArrayLength()));

        Assert.Equal(0, (await RunAsync(data, null, "feeds", "export", data["out.opml"])).ExitCode);
        var exported = await File.ReadAllTextAsync(data["out.opml"], CancellationToken.None);
        Assert.Contains("text=\"A &amp; B\" type=\"rss\" xmlUrl=\"https://a.example/feed\" htmlUrl=\"https://a.example/\" mood=\"good\"", exported, StringComparison.Ordinal);
        Assert.Equal(exported.Split("<body>")[1], (await RunAsync(data, null, "feeds", "export")).Output.ReplaceLineEndings("\n").TrimEnd().Split("<body>")[1]);
        Assert.Contains("News > Europe", (await RunAsync(data, null, "feeds", "show", "1")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a list that is not there", 1, "no such file", "nowhere.opml")]
    [InlineData("a list that is none", 2, "not OPML", "feed.xml")]
    public async Task A_list_that_cannot_be_read_is_one_line(string why, int exitCode, string says, string file)
    {
        using var data = new TempFolder();
        await File.WriteAllTextAsync(data["feed.xml"], Rss, CancellationToken.None);
        var result = await RunAsync(data, null, "feeds", "import", data[file]);
        Assert.Equal((why, exitCode), (why, result.ExitCode));
        Assert.Contains(says, result.Errors, StringComparison.Ordinal);
    }

    private static Task<WorkerProcess.Result> RunAsync(TempFolder data, PlainSite? site, params string[] arguments) => WorkerProcess.RunAsync(
        arguments, [("Storage:DataDir", data.Path), ("Fetching:HostDelay", "00:00:00"), .. site is null ? Array.Empty<(string, string)>() : [("Fetching:AllowedAddresses:0", site[""].Authority)]]);
}
