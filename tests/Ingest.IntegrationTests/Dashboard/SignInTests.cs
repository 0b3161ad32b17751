using System.Net;
using System.Text;
using Ingest.Worker.Access;
using Ingest.Worker.Hosting;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>The one gate in front of everything: the form and its session, passwords of programs, guessing, proxies.</summary>
public sealed class SignInTests
{
    private static readonly string AnnasHash = HashedPassword.Of("cormorant");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<DashboardHost> GuardedAsync(params string[] proxies)
    {
        var options = new DashboardOptions { Password = "hunter2" };
        options.Users["Anna"] = AnnasHash;
        foreach (var proxy in proxies) options.Proxies.Add(proxy);
        return DashboardHost.StartAsync(FakeNews.Full(), Stop, options);
    }

    [Theory]
    [InlineData("the overview", "/", "/sign-in")]
    [InlineData("a page with a query", "/failures?kind=Permanent&host=a.example", "/sign-in?to=%2Ffailures%3Fkind%3DPermanent%26host%3Da.example")]
    [InlineData("a page that there is not", "/nowhere", "/sign-in?to=%2Fnowhere")]
    public async Task A_stranger_is_led_to_the_form_and_from_there_on(string reason, string path, string form)
    {
        await using var host = await GuardedAsync();
        using var stranger = new Visitor(host.Address);
        using var asked = await stranger.GetAsync(path);
        Assert.True(form == asked.Headers.Location?.OriginalString, $"{reason}: {asked.Headers.Location}");
        using var signedIn = await stranger.SignInAsync("hunter2", to: path);
        Assert.Equal(path, signedIn.Headers.Location?.OriginalString);
        using var overview = await stranger.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, overview.StatusCode);
        Assert.Contains("Sign out", await overview.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody behind a proxy", null, null, false)]
    [InlineData("by TLS, says a named proxy", "127.0.0.0/8", "https", true)]
    [InlineData("without TLS, says a named proxy", "127.0.0.1", "http", false)]
    [InlineData("by TLS, says somebody", "10.0.0.7", "https", false)]
    [InlineData("by TLS, says somebody where no proxy is named", null, "https", false)]
    public async Task A_session_is_in_a_cookie_that_no_script_no_other_site_and_behind_TLS_no_plain_request_gets(string reason, string? proxy, string? scheme, bool secure)
    {
        await using var host = await GuardedAsync(proxy is null ? [] : [proxy]);
        using var visitor = new Visitor(host.Address);
        if (scheme is not null) visitor.Headers["X-Forwarded-Proto"] = scheme;
        using var signedIn = await visitor.SignInAsync("hunter2");
        var attributes = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith($"{Session.CookieName}=", StringComparison.Ordinal)).Split("; ")[1..];
        var expected = secure ? "httponly, path=/, samesite=lax, secure" : "httponly, path=/, samesite=lax";
        Assert.True(expected == string.Join(", ", attributes.Order()), $"{reason}: {string.Join(", ", attributes)}");
    }

    [Theory]
    [InlineData("a name with another case", "ANNA", "cormorant", true)]
    [InlineData("another's password", "anna", "hunter2", false)]
    [InlineData("no password", "anna", "", false)]
    [InlineData("the hash itself", "anna", null, false)]
    [InlineData("a user that there is not", "root", "hunter2", false)]
    public async Task Users_of_the_settings_have_passwords_of_their_own(string reason, string name, string? password, bool isIn)
    {
        await using var host = await GuardedAsync();
        using var visitor = new Visitor(host.Address);
        using var answer = await visitor.SignInAsync(password ?? AnnasHash, name);
        Assert.True(isIn == visitor.Cookies.ContainsKey(Session.CookieName), reason);
        using var page = await visitor.GetAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains(isIn ? "<span>Anna</span>" : "Name or password is wrong", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("~/failures")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_no_strangers_page(string to)
    {
        await using var host = await GuardedAsync();
        using var visitor = new Visitor(host.Address);
        using var signedIn = await visitor.SignInAsync("hunter2", to: to);
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        using var again = await visitor.GetAsync($"/sign-in?to={Uri.EscapeDataString(to)}");
        Assert.Equal("/", again.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_without_a_session_it_does_nothing()
    {
        await using var host = await GuardedAsync();
        using var visitor = new Visitor(host.Address);
        using (var stranger = await visitor.PostAsync("/failures/rerun", ("id", "2"))) Assert.Equal("/sign-in", stranger.Headers.Location?.OriginalString);
        using (var withoutToken = await visitor.PostAsync("/sign-in", ("name", "ingest"), ("password", "hunter2"))) Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        using (await visitor.SignInAsync("hunter2")) { }
        using (var withoutToken = await visitor.PostAsync("/failures/rerun", ("id", "2"))) Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        Assert.Empty(host.News.Rerun);
        using (var withToken = await visitor.PostAsync("/failures", "/failures/rerun", ("id", "2"))) Assert.Equal(HttpStatusCode.Redirect, withToken.StatusCode);
        Assert.Single(host.News.Rerun);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_the_browser()
    {
        await using var host = await GuardedAsync();
        using var visitor = new Visitor(host.Address);
        using (await visitor.SignInAsync("hunter2")) { }
        using (await visitor.PostAsync("/", "/sign-out")) { }
        Assert.Equal(HttpStatusCode.Redirect, await visitor.StatusAsync("/"));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_idle_and_in_any_case_after_a_week()
    {
        await using var host = await GuardedAsync();
        using var idle = new Visitor(host.Address);
        using (await idle.SignInAsync("hunter2")) { }
        host.Clock.Now += TimeSpan.FromHours(13);
        Assert.Equal(HttpStatusCode.Redirect, await idle.StatusAsync("/"));

        using var busy = new Visitor(host.Address);
        using (await busy.SignInAsync("hunter2")) { }
        for (var hours = 8; hours < 7 * 24; hours += 8)
        {
            host.Clock.Now += TimeSpan.FromHours(8);
            Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync("/"));
        }
        host.Clock.Now += TimeSpan.FromHours(8);
        Assert.Equal(HttpStatusCode.Redirect, await busy.StatusAsync("/"));
    }

    [Fact]
    public async Task Wrong_passwords_are_looked_at_more_and_more_slowly_and_right_ones_of_others_are_not()
    {
        await using var host = await GuardedAsync("127.0.0.1");
        using var guesser = new Visitor(host.Address) { Headers = { ["X-Forwarded-For"] = "203.0.113.7" } };
        var token = await guesser.TokenAsync("/sign-in");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async guess =>
        {
            using var wrong = await guesser.PostAsync("/sign-in", ("__RequestVerificationToken", token), ("name", "ingest"), ("password", $"guess {guess}"));
            Assert.Equal("/sign-in?to=%2F&wrong=1", wrong.Headers.Location?.OriginalString);
        }));
        using var refused = await guesser.SignInAsync("hunter2");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Contains("Too many wrong passwords", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        guesser.Headers["Authorization"] = Basic("ingest:hunter2");
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.StatusAsync("/api/failures"));

        using var other = new Visitor(host.Address) { Headers = { ["X-Forwarded-For"] = "203.0.113.8" } };
        using var isIn = await other.SignInAsync("hunter2");
        Assert.True(other.Cookies.ContainsKey(Session.CookieName));
    }

    [Theory]
    [InlineData("nobody", null, HttpStatusCode.Unauthorized)]
    [InlineData("another scheme", "Bearer abc", HttpStatusCode.Unauthorized)]
    [InlineData("not base64", "Basic ???", HttpStatusCode.Unauthorized)]
    [InlineData("no colon", "Basic aW5nZXN0", HttpStatusCode.Unauthorized)]
    [InlineData("the wrong password", "ingest:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("another user", "root:hunter2", HttpStatusCode.Unauthorized)]
    [InlineData("who knows it", "ingest:hunter2", HttpStatusCode.NotFound)]
    [InlineData("a user of the settings", "anna:cormorant", HttpStatusCode.NotFound)]
    public async Task A_program_sends_its_password_with_each_request_and_is_asked_for_it(string reason, string? credentials, HttpStatusCode expected)
    {
        await using var host = await GuardedAsync();
        using var program = new Visitor(host.Address);
        if (credentials is not null) program.Headers["Authorization"] = credentials.Contains(':', StringComparison.Ordinal) ? Basic(credentials) : credentials;
        using var answer = await program.GetAsync("/api/nowhere");
        Assert.True(expected == answer.StatusCode, $"{reason}: {answer.StatusCode}");
        Assert.Equal(expected is HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Any(question => question.Scheme == "Basic"));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Without_a_password_only_this_machines_names_are_answered(string name, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var visitor = new Visitor(host.Address) { Headers = { ["Host"] = name } };
        Assert.Equal(expected, await visitor.StatusAsync("/"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Without_a_password_nobody_is_let_in_through_a_proxy_on_this_machine(string header, string value)
    {
        await using var host = await DashboardHost.StartAsync(FakeNews.Full(), Stop);
        using var visitor = new Visitor(host.Address) { Headers = { [header] = value } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await visitor.StatusAsync("/"));
    }

    private static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
}
