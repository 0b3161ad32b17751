using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Harness;

/// <summary>One request as it came, with the number of requests that were being answered together with it.</summary>
internal sealed record ReceivedHook(string Id, string Timestamp, string Signature, string? ContentType, string Body, int Together);

/// <summary>A receiver of webhooks on 127.0.0.1, with the answers that a test gives.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedHook> _received = new();
    private int _together;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.First()), "hooks?channel=1");

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<ReceivedHook> Received => [.. _received];

    public IEnumerable<string> Ids => Received.Select(hook => hook.Id);

    /// <summary>Answers a request; 204 unless a test says otherwise.</summary>
    public Func<ReceivedHook, HttpResponse, Task> Answer { get; set; } = (_, response) => Status(response, 204);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task Status(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Answers with these statuses, one after the other, and then with 204.</summary>
    public void AnswerWith(params int[] statuses)
    {
        var next = new ConcurrentQueue<int>(statuses);
        Answer = (_, response) => Status(response, next.TryDequeue(out var status) ? status : 204);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var together = Interlocked.Increment(ref _together);
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            var hook = new ReceivedHook(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, context.Request.ContentType, await reader.ReadToEndAsync(), together);
            _received.Enqueue(hook);
            await Answer(hook, context.Response);
        }
        finally
        {
            Interlocked.Decrement(ref _together);
        }
    }
}
