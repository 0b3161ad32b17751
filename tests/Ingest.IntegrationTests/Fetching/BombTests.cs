using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ingest.Pipeline.Fetching;
using Microsoft.AspNetCore.Http;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>Answers made to do harm: each ends with its own refusal, soon, and with little memory.</summary>
public sealed class BombTests
{
    private const int Megabyte = 1024 * 1024;
    private static readonly ConcurrentDictionary<string, byte[]> Bombs = new();
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_unpacks_to_a_thousand_times_as_much_is_a_bomb(string coding)
    {
        await using var site = await TestSite.StartAsync();
        site.On("/", http => SendZerosAsync(http, coding));
        using var stage = new FetchStage(options => options.MaxBodyBytes = 100 * Megabyte);
        await EndsAsync(FetchFault.Bomb, () => stage.FailedAsync(site.BaseUri));
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("gzip, identity, deflate")]
    [InlineData("zstd")]
    [InlineData("compress")]
    public async Task What_is_packed_twice_or_in_an_unknown_way_is_not_unpacked(string coding)
    {
        await using var site = await TestSite.StartAsync();
        site.On("/", http =>
        {
            http.Response.Headers.ContentEncoding = coding;
            return http.Response.Body.WriteAsync(new byte[100]).AsTask();
        });
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.BadEncoding, () => stage.FailedAsync(site.BaseUri));
    }

    [Fact]
    public async Task Ten_announced_gigabytes_are_not_waited_for()
    {
        await using var site = RawSite.Endless($"{Ok}Content-Length: {10L * 1024 * Megabyte}\r\n\r\n", new byte[16 * 1024]);
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.TooLarge, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_chunked_body_without_an_end_is_too_large()
    {
        await using var site = RawSite.Endless($"{Ok}Transfer-Encoding: chunked\r\n\r\n", Encoding.ASCII.GetBytes("400\r\n" + new string('x', 1024) + "\r\n"));
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.TooLarge, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_packed_body_that_brings_nothing_for_ever_is_too_large()
    {
        // A member of gzip that holds nothing, and another one (RFC 1952, 2.2).
        byte[] member = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var empty = Enumerable.Repeat(member, 500).SelectMany(bytes => bytes).ToArray();
        await using var site = RawSite.Endless($"{Ok}Content-Encoding: gzip\r\n\r\n", empty);
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.TooLarge, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task Headers_without_an_end_are_refused()
    {
        await using var site = RawSite.Endless("HTTP/1.1 200 OK\r\n", Encoding.ASCII.GetBytes($"X-More: {new string('x', 1000)}\r\n"));
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.HeadersTooLarge, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task One_header_without_an_end_is_refused()
    {
        await using var site = RawSite.Endless("HTTP/1.1 200 OK\r\nX-Long: ", Encoding.ASCII.GetBytes(new string('x', 1000)));
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.HeadersTooLarge, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_byte_at_a_time_is_too_slow()
    {
        await using var site = RawSite.Endless($"{Ok}Content-Length: 5000\r\n\r\n", "x"u8.ToArray(), TimeSpan.FromMilliseconds(20));
        using var stage = new FetchStage(options => (options.SlowBodyTime, options.MinBytesPerSecond) = (TimeSpan.FromSeconds(0.4), 500));
        await EndsAsync(FetchFault.TooSlow, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_too_slow()
    {
        await using var site = RawSite.Start(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Ok}Content-Length: 5000\r\n\r\nxxx"), stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        using var stage = new FetchStage(options => options.SlowBodyTime = TimeSpan.FromSeconds(0.3));
        await EndsAsync(FetchFault.TooSlow, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_body_that_is_fast_enough_and_has_no_end_runs_out_of_time()
    {
        await using var site = RawSite.Endless($"{Ok}\r\n", new byte[2000], TimeSpan.FromMilliseconds(100));
        using var stage = new FetchStage(options => options.Timeout = TimeSpan.FromSeconds(1));
        await EndsAsync(FetchFault.Timeout, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_server_that_says_nothing_gives_no_answer()
    {
        await using var site = RawSite.Start((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        using var stage = new FetchStage(options => options.AnswerTimeout = TimeSpan.FromSeconds(0.3));
        await EndsAsync(FetchFault.NoAnswer, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_name_or_a_server_that_takes_for_ever_is_no_connection()
    {
        using var stage = new FetchStage(
            options => options.ConnectTimeout = TimeSpan.FromSeconds(0.3),
            async (_, stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return [];
            });
        await EndsAsync(FetchFault.ConnectTimeout, () => stage.FailedAsync(new Uri("http://slow.example/")));
    }

    [Fact]
    public async Task A_long_address_is_not_asked()
    {
        await using var site = await TestSite.StartAsync();
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.UrlTooLong, () => stage.FailedAsync(site[$"/{new string('a', 5000)}"]));
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task A_refusal_that_never_ends_is_still_that_refusal()
    {
        await using var site = RawSite.Endless("HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\n\r\n", new byte[1000], TimeSpan.FromMilliseconds(1));
        using var stage = new FetchStage();
        await EndsAsync(FetchFault.ServerError, () => stage.FailedAsync(site.Url));
    }

    [Fact]
    public async Task A_hundred_bombs_at_once_leave_the_threads_free()
    {
        await using var site = await TestSite.StartAsync();
        site.On("/bomb", http => SendZerosAsync(http, "gzip")).Text("/page", "well");
        await using var drops = RawSite.Endless($"{Ok}Content-Length: 5000\r\n\r\n", "x"u8.ToArray(), TimeSpan.FromMilliseconds(50));
        using var stage = new FetchStage(options => (options.SlowBodyTime, options.MaxRequests) = (TimeSpan.FromSeconds(1), 8));
        var bombs = Enumerable.Range(0, 100).Select(number => stage.FailedAsync(number % 2 == 0 ? site["/bomb"] : drops.Url)).ToList();
        var page = await stage.FetchedAsync(site["/page"]);
        Assert.Equal("well", Encoding.UTF8.GetString(page.Body.Span));
        foreach (var failed in await Task.WhenAll(bombs)) Assert.True(failed.Fault is FetchFault.Bomb or FetchFault.TooSlow, failed.Why);
    }

    /// <summary>The memory is the whole process's, and other tests run in it: one time of five without their share is enough.</summary>
    private static async Task EndsAsync(FetchFault fault, Func<Task<FetchOutcome.Failed>> fetch)
    {
        await fetch();
        var grown = long.MaxValue;
        for (var time = 0; time < 5 && grown >= 64 * Megabyte; time++) grown = Math.Min(grown, await GrowthAsync(fault, fetch));
        Assert.True(grown < 64 * Megabyte, $"memory grew by {grown} bytes");
    }

    private static async Task<long> GrowthAsync(FetchFault fault, Func<Task<FetchOutcome.Failed>> fetch)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var watching = new CancellationTokenSource();
        var peak = WatchAsync(watching.Token);
        var began = TimeProvider.System.GetTimestamp();
        var failed = await fetch();
        var took = TimeProvider.System.GetElapsedTime(began);
        await watching.CancelAsync();
        Assert.True(failed.Fault == fault, string.Create(CultureInfo.InvariantCulture, $"{failed.Fault}: {failed.Why}"));
        Assert.True(took < TimeSpan.FromSeconds(15), $"it took {took}");
        return await peak - before;
    }

    private static async Task<long> WatchAsync(CancellationToken stop)
    {
        var peak = 0L;
        while (!stop.IsCancellationRequested)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        return peak;
    }

    private static Task SendZerosAsync(HttpContext http, string coding)
    {
        http.Response.ContentType = "text/html";
        http.Response.Headers.ContentEncoding = coding;
        return http.Response.Body.WriteAsync(Bombs.GetOrAdd(coding, Bomb)).AsTask();
    }

    /// <summary>200 MB of zeros; gzip and deflate make a thousandth of them.</summary>
    private static byte[] Bomb(string coding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = coding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal),
            _ => new GZipStream(packed, CompressionLevel.Optimal),
        })
            for (var i = 0; i < 200; i++) packer.Write(new byte[Megabyte]);
        return packed.ToArray();
    }
}
