using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Engines;

/// <summary>
/// A site with any number of feeds (<c>/feed/7</c>), each with the same number of articles (<c>/article/7-1</c>), that counts requests when they begin, and whose
/// answers a test holds up or spoils.
/// </summary>
internal sealed class ScriptedSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _statuses = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Path, DateTimeOffset At)> _requests = new();
    private readonly int _articles;
    private TaskCompletionSource _open = new();
    private int _waiting;

    private ScriptedSite(WebApplication app, int articles) => (_app, _articles) = (app, articles);

    public string Authority => new Uri(_app.Urls.First()).Authority;

    /// <summary>Requests that are held up at present.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public static async Task<ScriptedSite> StartAsync(int articlesPerFeed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new ScriptedSite(builder.Build(), articlesPerFeed);
        site._open.SetResult();
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        return site;
    }

    public static string Feed(int number) => string.Create(CultureInfo.InvariantCulture, $"/feed/{number}");

    public static string Article(int feed, int number) => string.Create(CultureInfo.InvariantCulture, $"/article/{feed}-{number}");

    public Uri this[string path] => new(new Uri(_app.Urls.First()), path);

    public IReadOnlyList<DateTimeOffset> RequestsFor(string path) => [.. _requests.Where(request => request.Path == path).Select(request => request.At)];

    public IReadOnlyDictionary<string, int> Counts() => _requests.CountBy(request => request.Path).ToDictionary();

    /// <summary>Answers with a status until it is 200 again.</summary>
    public void Answer(string path, int status) => _statuses[path] = status;

    /// <summary>Holds up every request from now on.</summary>
    public void Close() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers those that are held up, and the next ones at once.</summary>
    public void Open() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        // Asked for once a day, whoever comes first.
        if (path == "/robots.txt")
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        _requests.Enqueue((path, TimeProvider.System.GetUtcNow()));
        Interlocked.Increment(ref _waiting);
        try
        {
            await _open.Task.WaitAsync(http.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        http.Response.StatusCode = _statuses.GetValueOrDefault(path, StatusCodes.Status200OK);
        http.Response.ContentType = path.StartsWith("/feed/", StringComparison.Ordinal) ? "application/rss+xml" : "text/html; charset=utf-8";
        await http.Response.WriteAsync(http.Response.StatusCode != StatusCodes.Status200OK ? "<p>no</p>" : path.StartsWith("/feed/", StringComparison.Ordinal) ? FeedOf(path) : PageOf(path));
    }

    private string FeedOf(string path)
    {
        var number = int.Parse(path["/feed/".Length..], CultureInfo.InvariantCulture);
        var items = new StringBuilder();
        for (var item = 0; item < _articles; item++) items.Append(CultureInfo.InvariantCulture, $"<item><title>Story {number}-{item}</title><link>{this[Article(number, item)]}</link></item>");
        return $"<rss version=\"2.0\"><channel><title>Example News {number}</title>{items}</channel></rss>";
    }

    private static string PageOf(string path)
    {
        var sentences = Enumerable.Range(1, 25).Select(n => $"Sentence number {n} tells what the council of the town decided on the day of story {path.Split('/')[^1]}.");
        return $"<html><head><title>A story</title></head><body><article><h1>Story {path.Split('/')[^1]}</h1><p>{string.Join("</p><p>", sentences)}</p></article></body></html>";
    }
}
