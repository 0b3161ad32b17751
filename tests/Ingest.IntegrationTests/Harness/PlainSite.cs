using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Harness;

/// <summary>A site of what a test puts there, by path and query; 404 for all else.</summary>
internal sealed class PlainSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();

    private PlainSite(WebApplication app) => _app = app;

    /// <summary>The paths that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public Uri this[string path] => new(new Uri(_app.Urls.First()), path);

    public static async Task<PlainSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new PlainSite(builder.Build());
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        return site;
    }

    public void Put(string path, string contentType, string text, params (string Name, string Value)[] headers) => Put(path, contentType, Encoding.UTF8.GetBytes(text), headers);

    public void Put(string path, string contentType, byte[] body, params (string Name, string Value)[] headers) => _answers[path] = new Answer(200, contentType, body, headers);

    public void Refuse(string path, int status, params (string Name, string Value)[] headers) => _answers[path] = new Answer(status, "text/plain", [], headers);

    public void Forget() => _requests.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path + context.Request.QueryString;
        _requests.Enqueue(path);
        if (!_answers.TryGetValue(path, out var answer))
        {
            context.Response.StatusCode = 404;
            return;
        }
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers.Append(name, value);
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private sealed record Answer(int Status, string ContentType, byte[] Body, (string Name, string Value)[] Headers);
}
