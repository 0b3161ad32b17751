using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Options;
using Microsoft.AspNetCore.Http;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>One GET over real HTTP: what it follows, sends, unpacks and remembers.</summary>
public sealed class FetcherTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Every_kind_of_redirect_is_followed_and_noted(int status)
    {
        await using var site = await TestSite.StartAsync();
        site.Redirect("/a", status, "/b?x=1").Text("/b", "here");
        using var stage = new FetchStage();
        var page = await stage.FetchedAsync(site["/a"]);
        Assert.Equal("/b?x=1", page.FinalUrl.PathAndQuery);
        Assert.Equal([status, 200], page.Visits.Select(visit => visit.Status!.Value));
        Assert.Equal(status is 301 or 308 ? page.FinalUrl : null, page.MovedTo);
    }

    [Fact]
    public async Task A_location_that_is_not_escaped_is_read_as_browsers_do()
    {
        await using var site = RawSite.Start((stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 302 Found\r\nLocation: ftp://örtlich.example/ä b\r\nContent-Length: 0\r\n\r\n"), stop).AsTask());
        await using var there = await TestSite.StartAsync();
        there.Text("/ä b", "here");
        await using var here = RawSite.Start((stream, stop) => stream.WriteAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {there.BaseUri}ä b\r\nContent-Length: 0\r\n\r\n"), stop).AsTask());
        using var stage = new FetchStage();
        Assert.Equal("/%C3%A4%20b", (await stage.FetchedAsync(here.Url)).FinalUrl.AbsolutePath);
        Assert.Equal(FetchFault.BadRedirect, (await stage.FailedAsync(site.Url)).Fault);
    }

    [Fact]
    public async Task A_move_ends_where_the_first_temporary_redirect_begins()
    {
        await using var site = await TestSite.StartAsync();
        site.Redirect("/a", 301, "/b").Redirect("/b", 308, "/c").Redirect("/c", 302, "/d").Redirect("/d", 301, "/e").Text("/e", "here");
        using var stage = new FetchStage();
        Assert.Equal(site["/c"], (await stage.FetchedAsync(site["/a"])).MovedTo);
    }

    [Fact]
    public async Task Redirects_end_at_a_circle_at_the_cap_and_at_what_is_no_address()
    {
        await using var site = await TestSite.StartAsync();
        site.Redirect("/a", 302, "/b").Redirect("/b", 302, "/a").Redirect("/self", 302, "/self#again").Redirect("/ftp", 301, "ftp://example.org/x").Redirect("/none", 302, "http://");
        for (var i = 0; i < 8; i++) site.Redirect($"/{i}", 302, $"/{i + 1}");
        using var stage = new FetchStage();
        Assert.Equal(FetchFault.RedirectLoop, (await stage.FailedAsync(site["/a"])).Fault);
        Assert.Equal(FetchFault.RedirectLoop, (await stage.FailedAsync(site["/self"])).Fault);
        Assert.Equal(FetchFault.BadRedirect, (await stage.FailedAsync(site["/ftp"])).Fault);
        Assert.Equal(FetchFault.BadRedirect, (await stage.FailedAsync(site["/none"])).Fault);
        var many = await stage.FailedAsync(site["/0"]);
        Assert.Equal((FetchFault.RedirectLoop, 6), (many.Fault, many.Visits.Count));
    }

    [Fact]
    public void A_redirect_from_https_to_http_is_refused_unless_it_is_allowed()
    {
        var start = new Uri("https://example.org/");
        Assert.Equal(FetchFault.BadRedirect, new RedirectCourse(start, new FetchingOptions()).Follow(301, "http://example.org/")!.Fault);
        Assert.Null(new RedirectCourse(start, new FetchingOptions { AllowDowngrade = true }).Follow(301, "http://example.org/"));
        Assert.Null(new RedirectCourse(new Uri("http://example.org/"), new FetchingOptions()).Follow(301, "https://example.org/"));
    }

    [Fact]
    public async Task A_feeds_own_headers_and_password_stay_with_its_origin()
    {
        await using var site = await TestSite.StartAsync();
        await using var other = await TestSite.StartAsync();
        site.Redirect("/feed", 302, "/same").Redirect("/same", 302, $"http://nobody:secret@{other.BaseUri.Authority}/away");
        other.Text("/away", "here");
        using var stage = new FetchStage();
        var settings = new FetchSettings { User = "reader", Password = "pass:wörd", Headers = new Dictionary<string, string> { ["X-Key"] = "k", ["Cookie"] = "a=b" }, UserAgent = "Special/1" };
        var page = Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(new FetchRequest(site["/feed"], "*/*") { Settings = settings }));
        Assert.Equal("", page.FinalUrl.UserInfo);
        foreach (var request in site.Requests)
        {
            Assert.Equal("Basic " + Convert.ToBase64String("reader:pass:wörd"u8), request["Authorization"]);
            Assert.Equal(("k", "a=b", "Special/1"), (request["X-Key"], request["Cookie"], request["User-Agent"]));
        }
        Assert.Equal(2, site.Requests.Count);
        var away = Assert.Single(other.Requests);
        Assert.Equal((null, null, null, "Special/1"), (away["Authorization"], away["X-Key"], away["Cookie"], away["User-Agent"]));
    }

    [Fact]
    public async Task A_page_of_another_origin_never_sees_its_feeds_password()
    {
        await using var site = await TestSite.StartAsync();
        await using var other = await TestSite.StartAsync();
        site.Text("/page", "mine");
        other.Text("/page", "elsewhere");
        using var stage = new FetchStage();
        var settings = new FetchSettings { User = "reader", Password = "x" };
        foreach (var page in (Uri[])[site["/page"], other["/page"]])
            Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(new FetchRequest(page, "*/*") { Settings = settings, SecretsFor = site["/feed"] }));
        Assert.NotNull(Assert.Single(site.Requests)["Authorization"]);
        Assert.Null(Assert.Single(other.Requests)["Authorization"]);
    }

    [Fact]
    public async Task A_proxy_is_asked_for_what_this_side_cannot_see_and_not_for_the_inside()
    {
        await using var proxy = await TestSite.StartAsync();
        proxy.Text("/page", "by proxy");
        using var stage = new FetchStage(options => options.AllowedAddresses.Clear(), (host, _) => host switch
        {
            "inside.example" => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Parse("10.0.0.7")]),
            "127.0.0.1" => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]),
            _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
        });
        FetchRequest Through(string url) => new(new Uri(url), "*/*") { Settings = new FetchSettings { Proxy = new Uri($"http://u:p@{proxy.BaseUri.Authority}") } };
        var page = Assert.IsType<FetchOutcome.Fetched>(await stage.GetAsync(Through("http://news.example/page")));
        Assert.Equal("by proxy", Encoding.UTF8.GetString(page.Body.Span));
        Assert.Equal("news.example", Assert.Single(proxy.Requests)["Host"]);
        foreach (var inside in (string[])["http://169.254.169.254/", "http://inside.example/", "http://[::1]/", "http://2130706433/"])
            Assert.Equal(FetchFault.RefusedAddress, Assert.IsType<FetchOutcome.Failed>(await stage.GetAsync(Through(inside))).Fault);
        Assert.Single(proxy.Requests);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip by its old name", "x-gzip")]
    [InlineData("Brotli", "br")]
    [InlineData("deflate as zlib", "deflate")]
    [InlineData("deflate, bare", "deflate", true)]
    [InlineData("identity", "identity")]
    public async Task What_is_packed_is_counted_before_and_after(string reason, string coding, bool bare = false)
    {
        var text = string.Concat(Enumerable.Repeat("All quiet on the northern harbour wall. ", 500));
        await using var site = await TestSite.StartAsync();
        site.On("/", async http =>
        {
            http.Response.ContentType = "text/plain";
            http.Response.Headers.ContentEncoding = coding;
            await using var body = Packer(http.Response.Body, coding, bare);
            await body.WriteAsync(Encoding.UTF8.GetBytes(text));
        });
        using var stage = new FetchStage();
        var page = await stage.FetchedAsync(site.BaseUri);
        Assert.True(text == Encoding.UTF8.GetString(page.Body.Span), reason);
        var visit = Assert.Single(page.Visits);
        Assert.Equal(text.Length, visit.Bytes);
        Assert.True(coding == "identity" ? visit.WireBytes == text.Length : visit.WireBytes is > 50 and < 2000, $"{visit.WireBytes} bytes on the way");
        Assert.InRange(visit.AnsweredAfter!.Value, TimeSpan.FromTicks(1), visit.Took);
        Assert.Equal("127.0.0.1", visit.Remote);
        Assert.Equal("gzip, deflate, br", Assert.Single(site.Requests)["Accept-Encoding"]);
    }

    [Fact]
    public async Task What_only_says_that_it_is_gzip_comes_as_it_is()
    {
        await using var site = await TestSite.StartAsync();
        site.On("/", http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.WriteAsync("plain");
        }).On("/empty", http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return Task.CompletedTask;
        });
        using var stage = new FetchStage();
        Assert.Equal("plain", Encoding.UTF8.GetString((await stage.FetchedAsync(site.BaseUri)).Body.Span));
        Assert.Equal(0, (await stage.FetchedAsync(site["/empty"])).Body.Length);
    }

    [Fact]
    public async Task What_breaks_off_in_its_packing_is_cut_short()
    {
        await using var site = await TestSite.StartAsync();
        site.On("/", http =>
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 9000))));
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(packed.ToArray().AsMemory(0, 5000)).AsTask();
        });
        using var stage = new FetchStage();
        Assert.Equal(FetchFault.CutShort, (await stage.FailedAsync(site.BaseUri)).Fault);
    }

    [Fact]
    public async Task Validators_are_sent_as_they_came_and_a_304_may_bring_others()
    {
        await using var site = await TestSite.StartAsync();
        site.On("/", http =>
        {
            http.Response.Headers.ETag = "W/\"2\"";
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        });
        using var stage = new FetchStage();
        var request = new FetchRequest(site.BaseUri, "*/*") { ETag = "not quoted", LastModified = "yesterday" };
        var unchanged = Assert.IsType<FetchOutcome.NotModified>(await stage.GetAsync(request));
        Assert.Equal("W/\"2\"", unchanged.Headers.ETag);
        var sent = Assert.Single(site.Requests);
        Assert.Equal(("not quoted", "yesterday"), (sent["If-None-Match"], sent["If-Modified-Since"]));
    }

    [Theory]
    [InlineData("seconds", 429)]
    [InlineData("seconds", 503)]
    [InlineData("date", 429)]
    [InlineData("date", 503)]
    public async Task Retry_after_silences_the_whole_host(string form, int status)
    {
        await using var site = await TestSite.StartAsync();
        site.Text("/other", "well").On("/", http =>
        {
            http.Response.Headers.RetryAfter = form == "seconds" ? "120" : TimeProvider.System.GetUtcNow().AddSeconds(120).ToString("R", CultureInfo.InvariantCulture);
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var stage = new FetchStage();
        Assert.InRange((await stage.FailedAsync(site.BaseUri)).RetryAfter!.Value.TotalSeconds, 110, 120);
        Assert.InRange((await stage.FailedAsync(site["/other"])).RetryAfter!.Value.TotalSeconds, 105, 120);
        Assert.Single(site.Requests);
    }

    [Fact]
    public async Task So_many_requests_run_at_once_and_no_more()
    {
        await using var site = await TestSite.StartAsync();
        var (running, most) = (0, 0);
        site.On("/", async http =>
        {
            var now = Interlocked.Increment(ref running);
            lock (site) most = Math.Max(most, now);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, http.RequestAborted);
            Interlocked.Decrement(ref running);
        });
        using var stage = new FetchStage(options => options.MaxRequests = 3);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => stage.FetchedAsync(site.BaseUri)));
        Assert.Equal(3, most);
    }

    private static Stream Packer(Stream body, string coding, bool bare) => coding switch
    {
        "br" => new BrotliStream(body, CompressionLevel.Fastest),
        "deflate" when bare => new DeflateStream(body, CompressionLevel.Fastest),
        "deflate" => new ZLibStream(body, CompressionLevel.Fastest),
        "identity" => body,
        _ => new GZipStream(body, CompressionLevel.Fastest),
    };
}
