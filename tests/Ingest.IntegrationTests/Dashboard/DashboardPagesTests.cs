using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Dashboard;

public sealed partial class DashboardPagesTests
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string PlainArticle = $"/articles/{FakeNews.Id(4)}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pages => new()
    {
        { "/", "Latest articles" },
        { "/feeds", "The Harbour Gazette" },
        { "/feeds/1", "Poll now" },
        { "/articles", "Older" },
        { PlainArticle, "Removed (16)" },
        { $"/articles/{FakeNews.HostileArticle}", "Removed (3)" },
        { $"/articles/{FakeNews.PendingArticle}", "has not been read yet" },
        { "/failures", "Re-run all that match" },
        { "/failures?select=all&host=slow.example", "Select none" },
        { "/failures/1", "0af7651916cd43dd8448eb211c80319c" },
        { "/failures/2", "What it received" },
        { "/failures/confirm?verb=discard&host=many.example", "Discard 240" },
        { "/audit", "Nothing was done by hand yet" },
        { "/deliveries", "up to date" },
        { "/deliveries", "reports" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_is_there_and_lets_nothing_strange_run(string path, string content)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync(path, Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(content, page, StringComparison.Ordinal);
        AssertGuarded(answer, page);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/feeds/999")]
    [InlineData("/feeds/no-number")]
    [InlineData("/articles/00000000-0000-0000-0000-000000000000")]
    [InlineData("/articles/00000000-0000-0000-0000-000000000000.json")]
    [InlineData("/failures/999999")]
    [InlineData("/failures/999999/page")]
    [InlineData("/failures/actions/1")]
    [InlineData("/assets/app.000000000000.css")]
    public async Task What_is_not_there_is_a_friendly_404(string path)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync(path, Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>Not found</h1>", page, StringComparison.Ordinal);
        AssertGuarded(answer, page);
    }

    [Fact]
    public async Task Database_out_of_reach_is_a_friendly_500_without_the_reason()
    {
        var news = FakeNews.Full();
        news.IsBroken = true;
        await using var host = await DashboardHost.StartAsync(news, Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync("/feeds", Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("<h1>Something broke</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", page, StringComparison.Ordinal);
        AssertGuarded(answer, page);
    }

    [Theory]
    [InlineData("/", "No feeds yet")]
    [InlineData("/feeds", "No feeds yet")]
    [InlineData("/articles", "No articles yet")]
    [InlineData("/failures", "Nothing has failed")]
    [InlineData("/deliveries", "No sink has been given anything yet")]
    public async Task Empty_page_says_so(string path, string content)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Empty(), Stop);
        using var client = host.Client();
        Assert.Contains(content, await client.GetStringAsync(path, Stop), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Links_lead_to_the_web_or_to_the_pages_and_carry_no_password(string path, string content)
    {
        _ = content;
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var page = await client.GetStringAsync(path, Stop);
        Assert.All(Href().Matches(page), link => Assert.Matches("^(/|#|https?:|data:image/svg)", link.Groups[1].Value));
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instant_is_relative_with_the_exact_one_beside_it()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var page = await client.GetStringAsync("/feeds", Stop);
        Assert.Contains("<time datetime=\"2026-11-21T11:57:00Z\" title=\"2026-11-21 11:57:00 UTC\">3 min ago</time>", page, StringComparison.Ordinal);
        Assert.Contains(">in 12 min</time>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removals_stand_where_they_were_taken()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var page = await client.GetStringAsync(PlainArticle, Stop);
        string[] order = ["headline/same-as-title", "The council voted", "Photo: Harbour Archive", "We waited long", "Three steps", "The bridge that nobody wanted", "survey of both bridges", "Opponents fear", "comments/form"];
        var places = order.Select(text => page.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Older_pages_bring_every_article_once()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var seen = new List<string>();
        for (var next = "/articles"; next is not null;)
        {
            var page = await client.GetStringAsync(next, Stop);
            seen.AddRange(Href().Matches(page).Select(link => link.Groups[1].Value).Where(link => link.StartsWith("/articles/", StringComparison.Ordinal)));
            next = Href().Matches(page).Select(link => link.Groups[1].Value).FirstOrDefault(link => link.StartsWith("/articles?before=", StringComparison.Ordinal));
        }
        Assert.Equal(130, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
    }

    [Fact]
    public async Task Message_is_served_as_it_is_stored()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync($"/articles/{FakeNews.HostileArticle}.json", Stop);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        using var message = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(FakeNews.Hostile, message.RootElement.GetProperty("paragraphs")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Style_and_script_may_be_kept_for_ever()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Empty(), Stop);
        using var client = host.Client();
        var page = await client.GetStringAsync("/", Stop);
        foreach (Match asset in Asset().Matches(page))
        {
            using var answer = await client.GetAsync(asset.Value, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
            using var again = new HttpRequestMessage(HttpMethod.Get, asset.Value) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            using var unchanged = await client.SendAsync(again, Stop);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }
        Assert.Equal(2, Asset().Count(page));
    }

    [Theory]
    [InlineData("/failures/rerun")]
    [InlineData("/failures/discard")]
    [InlineData("/feeds/1/poll")]
    [InlineData("/deliveries/resume")]
    [InlineData("/deliveries/replay")]
    public async Task Form_without_token_is_refused(string path)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = "1", ["sink"] = "webhook" });
        using var answer = await client.PostAsync(path, form, Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("That did not work", page, StringComparison.Ordinal);
        AssertGuarded(answer, page);
        Assert.Empty(host.News.Rerun);
        Assert.Empty(host.News.Discarded);
        Assert.Empty(host.News.Audit);
        Assert.Empty(host.News.MadeDue);
    }

    [Fact]
    public async Task One_failure_is_re_run_and_log_and_audit_say_by_whom()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await PostAsync(client, "/failures?kind=Permanent", "/failures/rerun", ("only", "2"), ("kind", "Permanent"), ("host", ""));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/failures?kind=permanent&done=1", answer.Headers.Location?.OriginalString);
        Assert.Equal(["id=2"], host.News.Rerun);
        Assert.Contains("1 re-run", await client.GetStringAsync(answer.Headers.Location, Stop), StringComparison.Ordinal);
        Assert.Contains("By hand from 127.0.0.1: 1 failures re-run, chosen by id=2", host.Log.All);
        var line = Assert.Single(host.News.Audit);
        Assert.Equal(("local", AuditSource.Page, "127.0.0.1", "failures rerun", "id=2", 1L), (line.Who, line.From, line.Address, line.Action, line.Choice, line.Count));
        Assert.Contains("failures rerun", await client.GetStringAsync("/audit", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one dead letter", "letter", "42 webhook", "1 dead letters of webhook")]
    [InlineData("all of a sink", "sink", "webhook", "3 dead letters of webhook")]
    public async Task Dead_letters_are_sent_again_and_the_log_says_by_whom(string reason, string field, string value, string said)
    {
        _ = reason;
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await PostAsync(client, "/deliveries", "/deliveries/replay", (field, value));
        Assert.Equal("/deliveries?said=replayed", answer.Headers.Location?.OriginalString);
        Assert.Contains(host.Log.All, line => line.StartsWith($"By hand from 127.0.0.1: {said}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no sink", "/deliveries/resume", "sink", "")]
    [InlineData("a sink that does not exist", "/deliveries/resume", "sink", "nobody")]
    [InlineData("a letter without a sink", "/deliveries/replay", "letter", "42")]
    [InlineData("a letter without a number", "/deliveries/replay", "letter", "x webhook")]
    public async Task Delivery_form_that_cannot_be_meant_is_refused(string reason, string action, string field, string value)
    {
        _ = reason;
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await PostAsync(client, "/deliveries", action, (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Refusing_sink_is_tried_at_once_by_hand()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await PostAsync(client, "/deliveries", "/deliveries/resume", ("sink", "rabbitmq"));
        Assert.Contains("tried at once", await client.GetStringAsync(answer.Headers.Location, Stop), StringComparison.Ordinal);
        Assert.Contains("By hand from 127.0.0.1: sink rabbitmq to be tried now", host.Log.All);
    }

    [Fact]
    public async Task All_that_match_the_filter_are_re_run_at_a_rate()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        const string Confirm = "/failures/confirm?verb=rerun&host=MANY.example&kind=Transient&status=5xx&since=1h";
        Assert.Contains("Re-run 240", await client.GetStringAsync(Confirm, Stop), StringComparison.Ordinal);
        using var answer = await PostAsync(client, Confirm, "/failures/rerun", ("kind", "Transient"), ("host", "MANY.example"), ("status", "5xx"), ("since", "2026-11-21T11:00Z"), ("rate", "600/m"));
        Assert.Equal("/failures/actions/1", answer.Headers.Location?.OriginalString);
        Assert.Equal(["host=many.example kind=transient status=5xx since=2026-11-21T11:00:00Z"], host.News.Rerun);
        Assert.Equal(10, host.News.Rate);
        Assert.Contains("240 re-run", await client.GetStringAsync(answer.Headers.Location, Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a kind that does not exist", "kind", "Everything")]
    [InlineData("a number that is no kind", "kind", "7")]
    [InlineData("a status that is none", "status", "often")]
    [InlineData("a time that is none", "since", "soon")]
    [InlineData("a host that would break a line of the log", "host", "a\nb")]
    [InlineData("an id that is no number", "id", "all")]
    [InlineData("one that is many", "only", "1,2")]
    [InlineData("a rate that is none", "rate", "fast")]
    [InlineData("nothing at all", "host", "")]
    public async Task Form_that_cannot_be_meant_changes_nothing(string reason, string field, string value)
    {
        _ = reason;
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var rerun = await PostAsync(client, "/failures", "/failures/rerun", (field, value), ("feed", field == "rate" ? "1" : ""));
        Assert.Equal(HttpStatusCode.BadRequest, rerun.StatusCode);
        Assert.Empty(host.News.Rerun);
    }

    [Fact]
    public async Task Everything_is_discarded_only_when_that_is_said()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var silent = await PostAsync(client, "/failures", "/failures/discard");
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        using var said = await PostAsync(client, "/failures", "/failures/discard", ("all", "yes"));
        Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        Assert.Equal(["everything"], host.News.Discarded);
    }

    [Fact]
    public async Task What_an_attempt_received_is_a_file_of_text()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await client.GetAsync("/failures/1/page", Stop);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains(FakeNews.Hostile, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_failures_follow_page_by_page()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var seen = new List<string>();
        for (var next = "/failures"; next is not null;)
        {
            var page = await client.GetStringAsync(next, Stop);
            seen.AddRange(Pick().Matches(page).Select(box => box.Groups[1].Value));
            next = Next().Match(page) is { Success: true } link ? link.Groups[1].Value : null;
        }
        Assert.Equal(244, seen.Distinct().Count());
        Assert.Equal(244, seen.Count);
    }

    [Fact]
    public async Task Failures_are_filtered_by_the_address()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        var page = await client.GetStringAsync("/failures?kind=poison", Stop);
        Assert.Contains("akhbar.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("404 Not Found", page, StringComparison.Ordinal);
        Assert.Contains("Re-run all shown", page, StringComparison.Ordinal);
        Assert.Contains("Nothing matches", await client.GetStringAsync("/failures?host=elsewhere.example", Stop), StringComparison.Ordinal);
        Assert.Contains("all failures are shown", await client.GetStringAsync("/failures?status=often", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_now_makes_the_feed_due()
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var client = host.Client();
        using var answer = await PostAsync(client, "/feeds/1", "/feeds/1/poll");
        Assert.Equal("/feeds/1?due=1", answer.Headers.Location?.OriginalString);
        Assert.Equal([1L], host.News.MadeDue);
        Assert.Contains("It is due now", await client.GetStringAsync(answer.Headers.Location, Stop), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await client.GetStringAsync(page, Stop)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await client.PostAsync(action, form, Stop);
    }

    private static void AssertGuarded(HttpResponseMessage answer, string page)
    {
        Assert.Equal(Policy, answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("name=\"id\" value=\"([0-9]+)\"")]
    private static partial Regex Pick();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("/assets/app\\.[0-9a-f]{12}\\.(css|js)")]
    private static partial Regex Asset();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
