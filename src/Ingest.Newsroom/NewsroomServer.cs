using System.Net;
using Ingest.Newsroom.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ingest.Newsroom;

/// <summary>A world served over HTTP on 127.0.0.1, by this process. All members are thread-safe.</summary>
public sealed class NewsroomServer : IAsyncDisposable
{
    /// <summary>A newsroom can run for weeks as a demonstration: the older half of the log is forgotten then.</summary>
    private const int MaxLogged = 200_000;

    private readonly WebApplication _app;
    private readonly Newsdesk _desk;
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Misbehaviours _misbehaviours = new();
    private readonly Misbehaver _misbehaver;
    private readonly List<NewsroomRequest> _requests = [];
    private readonly TimeSpan _latency;
    private volatile Shelf _shelf;

    private NewsroomServer(WebApplication app, Newsdesk desk, NewsWorld world, TimeSpan latency)
    {
        (_app, _desk, _latency, BaseUri) = (app, desk, latency, NewsWorld.NoServer);
        _misbehaver = new Misbehaver(_clock);
        _shelf = new Shelf(world, BaseUri);
    }

    /// <summary><c>http://127.0.0.1:PORT/</c></summary>
    public Uri BaseUri { get; private set; }

    /// <summary>Everything published so far.</summary>
    public NewsWorld World => _shelf.World;

    /// <summary>The requests answered since the start or <see cref="ClearRequests"/>, oldest first: a snapshot.</summary>
    public IReadOnlyList<NewsroomRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Makes a world and serves it.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<NewsroomServer> StartAsync(NewsroomOptions options, CancellationToken stop)
    {
        var desk = new Newsdesk(options);
        var app = Build(options.Port);
        var server = new NewsroomServer(app, desk, desk.Opening(), options.Latency);
        app.Run(server.Answer);
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        server.BaseUri = new Uri(app.Urls.First());
        server._shelf = new Shelf(server.World, server.BaseUri);
        return server;
    }

    /// <summary>Publishes more articles, the sites taking turns; their feeds list them, with new validators, from the next request on.</summary>
    public IReadOnlyList<NewsArticle> Publish(int count)
    {
        lock (_gate)
        {
            var before = World.Articles.Count;
            _shelf = new Shelf(_desk.Publish(World, count), BaseUri);
            return [.. World.Articles.Skip(before)];
        }
    }

    /// <summary>Answers a path wrongly from now on; replaces what it did before. Tracking parameters make no other path.</summary>
    public void Misbehave(string path, Misbehaviour how) => _misbehaviours.Set(path, how);

    public void Heal(string path) => _misbehaviours.Heal(path);

    public void HealAll() => _misbehaviours.HealAll();

    public void ClearRequests()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var path = Responder.PathAndQuery(http);
        var logged = false;
        http.Response.OnStarting(() => Task.FromResult(logged = Log(http, path)));
        try
        {
            if (_latency > TimeSpan.Zero)
            {
                await Task.Delay(_latency, _clock, http.RequestAborted).ConfigureAwait(false);
            }
            if (!Misbehaver.TryHop(http, _shelf.Find, out var answer))
            {
                var found = _shelf.Find(path);
                answer = _misbehaviours.Take(path) is { } how ? _misbehaver.Answer(http, how, found) : Responder.Answer(http, found);
            }
            await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to be told.
        }
        finally
        {
            if (!logged && !http.Response.HasStarted && http.RequestAborted.IsCancellationRequested)
            {
                Log(http, path);
            }
        }
    }

    /// <summary>Before the headers leave, so that a client which has an answer finds it logged.</summary>
    private bool Log(HttpContext http, string path)
    {
        var headers = http.Request.Headers;
        var request = new NewsroomRequest(http.Request.Method, path, http.Response.StatusCode, Text(headers.IfNoneMatch), Text(headers.IfModifiedSince), Text(headers.UserAgent), _clock.GetUtcNow());
        lock (_gate)
        {
            if (_requests.Count == MaxLogged)
            {
                _requests.RemoveRange(0, MaxLogged / 2);
            }
            _requests.Add(request);
        }
        return true;
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    /// <summary>An empty builder reads no settings files or environment, so that the host's own do not change the newsroom.</summary>
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        return builder.Build();
    }

    /// <summary>Signals belong to the process that hosts the newsroom.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
