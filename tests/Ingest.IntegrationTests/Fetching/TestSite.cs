using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.IntegrationTests.Fetching;

/// <summary>A Kestrel site whose paths a test answers, and which notes the requests.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SiteRequest> _requests = new();

    private TestSite(WebApplication app) => _app = app;

    public Uri BaseUri => new(_app.Urls.First());
    public Uri this[string path] => new(BaseUri, path);

    /// <summary>As they came.</summary>
    public IReadOnlyList<SiteRequest> Requests => [.. _requests];

    public static async Task<TestSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new TestSite(builder.Build());
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        return site;
    }

    public TestSite On(string path, RequestDelegate answer)
    {
        _answers[path] = answer;
        return this;
    }

    public TestSite Redirect(string path, int status, string location) => On(path, http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    public TestSite Text(string path, string text, string type = "text/html; charset=utf-8") => On(path, http =>
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    });

    public TestSite Status(string path, int status) => On(path, http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public int Count(string path) => _requests.Count(request => request.Path == path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value! + http.Request.QueryString.Value;
        _requests.Enqueue(new SiteRequest(path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_answers.TryGetValue(http.Request.Path.Value!, out var answer)) return answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal sealed record SiteRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
