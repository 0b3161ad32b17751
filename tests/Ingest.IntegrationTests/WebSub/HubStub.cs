using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.WebSub;

/// <summary>A publisher with one feed, and its hub, on 127.0.0.1.</summary>
internal sealed class HubStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private int _fetches;

    private HubStub(WebApplication app) => _app = app;

    public Uri Feed => new(new Uri(_app.Urls.First()), "feed");

    /// <summary>Requests for the feed.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>What the hub was asked for, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = new();

    public static async Task<HubStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var stub = new HubStub(builder.Build());
        stub._app.MapGet("/feed", stub.ServeFeed);
        stub._app.MapPost("/hub", (Delegate)stub.HearAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>As the hub: asks the subscriber whether it meant what it has asked for; its answer.</summary>
    public async Task<(int Status, string Body)> VerifyAsync(IReadOnlyDictionary<string, string> asked, string? topic = null)
    {
        var query = $"hub.mode={asked["hub.mode"]}&hub.topic={Uri.EscapeDataString(topic ?? asked["hub.topic"])}&hub.challenge=4711&hub.lease_seconds=864000";
        using var answer = await _http.GetAsync(new Uri($"{asked["hub.callback"]}?{query}"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>As the hub: brings a document with one item.</summary>
    public async Task<int> PushAsync(IReadOnlyDictionary<string, string> asked, int number, string? secret = null)
    {
        var body = Encoding.UTF8.GetBytes(FeedOf(number));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/rss+xml");
        content.Headers.Add("X-Hub-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? asked["hub.secret"]), body))}");
        using var answer = await _http.PostAsync(new Uri(asked["hub.callback"]), content);
        return (int)answer.StatusCode;
    }

    /// <summary>The same, where the subscriber may not be there; 0 then.</summary>
    public async Task<int> PushOrNothingAsync(IReadOnlyDictionary<string, string> asked, int number)
    {
        try
        {
            return await PushAsync(asked, number);
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private IResult ServeFeed(HttpContext http)
    {
        Interlocked.Increment(ref _fetches);
        http.Response.Headers.Link = $"</hub>; rel=\"hub\", <{Feed}>; rel=\"self\"";
        return Results.Text(FeedOf(1), "application/rss+xml");
    }

    private async Task<IResult> HearAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        Asked.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        return Results.Accepted();
    }

    // With its whole text, so that no page is fetched.
    private static string FeedOf(int number)
    {
        var text = string.Concat(Enumerable.Range(1, 25).Select(line => string.Create(CultureInfo.InvariantCulture, $"<p>Sentence number {line} tells what the council of the town decided on day {number}.</p>")));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Town News</title>
            <item><title>Day {number}</title><link>https://town.example/{number}</link><content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>
            """);
    }
}
