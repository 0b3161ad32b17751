using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ingest.Newsroom;

namespace Ingest.IntegrationTests.Newsroom;

public sealed class NewsroomServerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private NewsroomServer _server = null!;
    private string _article = "";
    private string _feed = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await NewsroomServer.StartAsync(new NewsroomOptions { ArticlesPerSite = 3 }, Stop);
        _article = _server.World.Articles[3].Path;
        _feed = _server.World.Feeds.First(f => f.Validators == Validators.Both).Path;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Everything_published_is_served()
    {
        string[] paths = ["/", "/robots.txt", .. _server.World.Feeds.Select(f => f.Path), .. _server.World.Articles.Select(a => a.Path)];
        foreach (var path in paths)
        {
            using var answer = await Get(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        using var missing = await Get("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(paths.Append("/nothing-here"), _server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task An_unchanged_feed_answers_304_to_either_validator_until_more_is_published()
    {
        using var first = await Get(_feed);
        var tag = first.Headers.ETag!;
        var modified = first.Content.Headers.LastModified;

        Assert.Equal(HttpStatusCode.NotModified, await Conditional(h => h.IfNoneMatch.Add(tag)));
        Assert.Equal(HttpStatusCode.NotModified, await Conditional(h => h.IfModifiedSince = modified));
        Assert.Equal(tag.ToString(), _server.Requests[^2].IfNoneMatch);
        var published = _server.Publish(10);
        Assert.Equal(10, published.Count);
        Assert.Equal(HttpStatusCode.OK, await Conditional(h => h.IfNoneMatch.Add(tag)));
        Assert.Equal(HttpStatusCode.OK, await Conditional(h => h.IfModifiedSince = modified));
        using var page = await Get(published[0].Path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Tracking_parameters_lead_to_the_same_page()
    {
        using var answer = await Get($"{_article}{(_article.Contains('?', StringComparison.Ordinal) ? '&' : '?')}utm_source=rss&utm_medium=feed");

        Assert.Equal(await Body(_article), await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_taken_port_is_an_io_exception() =>
        await Assert.ThrowsAnyAsync<IOException>(() => NewsroomServer.StartAsync(new NewsroomOptions { Port = _server.BaseUri.Port }, Stop));

    [Fact]
    public async Task A_status_lasts_as_many_times_as_asked()
    {
        _server.Misbehave(_article, new Misbehaviour.Status(500, Times: 2));

        Assert.Equal(500, await Code(_article));
        Assert.Equal(500, await Code(_article));
        Assert.Equal(200, await Code(_article));
    }

    [Fact]
    public async Task Healing_ends_a_misbehaviour()
    {
        _server.Misbehave(_article, new Misbehaviour.Status(410));
        Assert.Equal(410, await Code(_article));
        _server.Heal(_article);
        Assert.Equal(200, await Code(_article));
    }

    [Fact]
    public async Task Retry_after_comes_in_seconds_or_as_a_date()
    {
        _server.Misbehave(_feed, Misbehaviour.RetryAfter.Seconds(7, times: 1));
        using var seconds = await Get(_feed);
        _server.Misbehave(_feed, Misbehaviour.RetryAfter.At(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero)));
        using var date = await Get(_feed);

        Assert.Equal(HttpStatusCode.TooManyRequests, seconds.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), seconds.Headers.RetryAfter!.Delta);
        Assert.Equal(8, date.Headers.RetryAfter!.Date!.Value.Hour);
    }

    [Fact]
    public async Task A_chain_of_redirects_ends_at_the_page()
    {
        var right = await Body(_article);
        _server.Misbehave(_article, new Misbehaviour.RedirectChain(3, Code: 301));
        var path = _article;
        for (var hop = 0; hop < 3; hop++)
        {
            using var answer = await Get(path);
            Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
            path = answer.Headers.Location!.ToString();
        }

        Assert.Equal(right, await Body(path));
    }

    [Fact]
    public async Task A_loop_comes_back_and_other_addresses_are_named_as_given()
    {
        _server.Misbehave(_article, new Misbehaviour.RedirectLoop());
        using var there = await Get(_article);
        using var back = await Get(there.Headers.Location!.ToString());
        Assert.Equal(_article, back.Headers.Location!.ToString());

        _server.Misbehave(_article, new Misbehaviour.RedirectTo("http://169.254.169.254/"));
        using var away = await Get(_article);
        Assert.Equal("http://169.254.169.254/", away.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_charset_is_in_the_header_and_not_in_the_bytes()
    {
        var french = _server.World.Articles.First(a => a.Site.Slug == "revue");
        _server.Misbehave(french.Path, new Misbehaviour.WrongCharset(Declared: "utf-8", Sent: "windows-1252"));
        using var answer = await Get(french.Path);
        var body = await answer.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal("utf-8", answer.Content.Headers.ContentType!.CharSet);
        Assert.Contains(french.Title, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(body), StringComparison.Ordinal);
        Assert.Contains('\uFFFD', Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compression_can_be_forced(string encoding)
    {
        var right = await Body(_article);
        _server.Misbehave(_article, new Misbehaviour.Compressed(encoding));
        using var answer = await Get(_article);

        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        Assert.Equal(right, await Unpacked(answer, encoding));
    }

    [Fact]
    public async Task Compression_is_normally_used_when_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.BaseUri, _article));
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await _http.SendAsync(request, Stop);

        Assert.Equal(await Body(_article), await Unpacked(answer, "gzip"));
    }

    [Fact]
    public async Task A_frozen_tag_stays_while_the_body_changes()
    {
        _server.Misbehave(_feed, new Misbehaviour.FrozenETag());
        using var one = await Get(_feed);
        using var two = await Get(_feed);

        Assert.Equal(one.Headers.ETag, two.Headers.ETag);
        Assert.NotEqual(await one.Content.ReadAsByteArrayAsync(Stop), await two.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(HttpStatusCode.OK, await Conditional(h => h.IfNoneMatch.Add(one.Headers.ETag!)));
        _server.Misbehave(_feed, new Misbehaviour.FrozenETag(TrustsItself: true));
        Assert.Equal(HttpStatusCode.NotModified, await Conditional(h => h.IfNoneMatch.Add(one.Headers.ETag!)));
    }

    [Fact]
    public async Task A_huge_body_is_huge_and_a_bomb_is_small_on_the_wire()
    {
        _server.Misbehave(_article, new Misbehaviour.Huge(3));
        Assert.InRange((await Body(_article)).Length, 3 << 20, 4 << 20);

        _server.Misbehave(_article, new Misbehaviour.Huge(20, AsGzipBomb: true));
        using var bomb = await Get(_article);
        Assert.InRange((await bomb.Content.ReadAsByteArrayAsync(Stop)).Length, 1, 1 << 20);
        Assert.InRange((await Unpacked(bomb, "gzip")).Length, 20 << 20, 21 << 20);
    }

    [Fact]
    public async Task A_body_cut_short_breaks_the_connection()
    {
        _server.Misbehave(_article, new Misbehaviour.CutShort());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Body(_article));
    }

    [Theory]
    [InlineData(GarbageKind.Binary)]
    [InlineData(GarbageKind.Html)]
    [InlineData(GarbageKind.HalfDocument)]
    [InlineData(GarbageKind.Empty)]
    public async Task Garbage_comes_with_the_right_status(GarbageKind kind)
    {
        var right = await Body(_feed);
        _server.Misbehave(_feed, new Misbehaviour.Garbage(kind));
        using var answer = await Get(_feed);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(right, await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_slow_answer_takes_its_time_before_the_headers()
    {
        _server.Misbehave(_article, new Misbehaviour.Slow(TimeSpan.FromMilliseconds(300)));
        var clock = Stopwatch.StartNew();

        Assert.Equal(200, await Code(_article));
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task A_slow_body_drips()
    {
        _server.Misbehave(_article, new Misbehaviour.Slow(TimeSpan.Zero, BetweenBytes: TimeSpan.FromMilliseconds(20)));
        using var answer = await _http.GetAsync(new Uri(_server.BaseUri, _article), HttpCompletionOption.ResponseHeadersRead, Stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.Content.ReadAsByteArrayAsync(patience.Token));
    }

    private Task<HttpResponseMessage> Get(string path) => _http.GetAsync(new Uri(_server.BaseUri, path), Stop);

    private Task<byte[]> Body(string path) => _http.GetByteArrayAsync(new Uri(_server.BaseUri, path), Stop);

    private async Task<int> Code(string path)
    {
        using var answer = await Get(path);
        return (int)answer.StatusCode;
    }

    private async Task<HttpStatusCode> Conditional(Action<HttpRequestHeaders> condition)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.BaseUri, _feed));
        condition(request.Headers);
        using var answer = await _http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static async Task<byte[]> Unpacked(HttpResponseMessage answer, string encoding)
    {
        await using var packed = await answer.Content.ReadAsStreamAsync(Stop);
        await using Stream unpacked = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => new ZLibStream(packed, CompressionMode.Decompress),
        };
        using var all = new MemoryStream();
        await unpacked.CopyToAsync(all, Stop);
        return all.ToArray();
    }
}
