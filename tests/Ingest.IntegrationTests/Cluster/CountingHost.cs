using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Cluster;

/// <summary>A web server that notes when requests begin and how many run at a time.</summary>
internal sealed class CountingHost : IAsyncDisposable
{
    private const string Feed = "<rss version=\"2.0\"><channel><title>News</title><link>http://news.example/</link><description>Nothing new</description></channel></rss>";

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<DateTimeOffset> _starts = [];
    private int _running;

    private CountingHost(WebApplication app) => _app = app;

    public string Authority => new Uri(_app.Urls.First()).Authority;
    public Uri Page => new(new Uri(_app.Urls.First()), "page");
    public int MostAtOnce { get; private set; }

    /// <summary>What it takes to answer.</summary>
    public required TimeSpan Answering { get; init; }

    /// <summary>Seconds that it asks to be left alone for, from the next request on.</summary>
    public int? Quiet { get; set; }

    public IReadOnlyList<DateTimeOffset> Starts
    {
        get
        {
            lock (_gate) return [.. _starts];
        }
    }

    public TimeSpan ShortestPause => Starts.Order().Zip(Starts.Order().Skip(1), (first, second) => second - first).Min();

    /// <summary>By how much requests came before one every <paramref name="pause"/>, over the worst stretch of any length.</summary>
    public TimeSpan AheadOf(TimeSpan pause)
    {
        var late = Starts.Order().Select((start, number) => start - (number * pause)).ToList();
        return late.Select((start, number) => late.Take(number + 1).Max() - start).Max();
    }

    public static Task<CountingHost> StartAsync() => StartAsync(TimeSpan.FromMilliseconds(60));

    public static async Task<CountingHost> StartAsync(TimeSpan answering)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = new CountingHost(builder.Build()) { Answering = answering };
        host._app.Run(host.AnswerAsync);
        await host._app.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Begin();
        await Task.Delay(Answering, TimeProvider.System, http.RequestAborted);
        lock (_gate) _running--;
        if (Quiet is { } seconds)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        else await http.Response.WriteAsync(http.Request.Path.StartsWithSegments("/feed", StringComparison.Ordinal) ? Feed : "ok", http.RequestAborted);
    }

    private void Begin()
    {
        lock (_gate)
        {
            _starts.Add(TimeProvider.System.GetUtcNow());
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }
    }
}
