using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ingest.Torture.Receivers;

/// <summary>The other end of the webhook: a server that is never quite well, and in a storm hardly ever.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    // Of a hundred requests.
    private const int FailingInCalm = 3;
    private const int FailingInStorm = 80;
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;
    private readonly Random _random;
    private readonly TimeProvider _clock = TimeProvider.System;

    private WebhookReceiver(WebApplication app, int seed) => (_app, _random) = (app, new Random(seed));

    public Ledger Ledger { get; } = new("webhook");

    public Uri Url => new(_app.Urls.First());

    public bool Storm { get; set; }

    public static async Task<WebhookReceiver> StartAsync(int seed, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        var receiver = new WebhookReceiver(builder.Build(), seed);
        receiver._app.Run(receiver.AnswerAsync);
        await receiver._app.StartAsync(stop);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (Roll() < (Storm ? FailingInStorm : FailingInCalm)) await FailAsync(http, body.ToArray());
        else Take(http, body.ToArray());
    }

    private async Task FailAsync(HttpContext http, byte[] message)
    {
        switch (Roll() % 4)
        {
            case 0:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case 1:
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = "1";
                break;
            case 2:
                await Task.Delay(Hang, _clock, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            default:
                // It has the message, and the sender will never know: this one comes again.
                Ledger.Note(message);
                http.Abort();
                break;
        }
    }

    private void Take(HttpContext http, byte[] message)
    {
        Ledger.Note(message);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private int Roll()
    {
        lock (_random) return _random.Next(100);
    }

    /// <summary>Signals belong to the torture's own process.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
