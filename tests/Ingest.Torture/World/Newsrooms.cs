using System.Collections.Concurrent;
using Ingest.Newsroom;

namespace Ingest.Torture.World;

/// <summary>As many newsrooms as make the wanted number of feeds, publishing until told to stop, and the list of what they published.</summary>
internal sealed class Newsrooms : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly List<NewsroomServer> _servers = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _published = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>Every article by the address of its page, and since when a feed has listed it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Published => _published;

    public IReadOnlyList<Uri> Feeds => [.. _servers.SelectMany(server => server.World.Feeds.Select(feed => new Uri(server.BaseUri, feed.Path)))];

    public static async Task<Newsrooms> OpenAsync(int feeds, int seed, CancellationToken stop)
    {
        var newsrooms = new Newsrooms();
        while (newsrooms.Feeds.Count < feeds)
        {
            var server = await NewsroomServer.StartAsync(new NewsroomOptions { Seed = seed + newsrooms._servers.Count, ArticlesPerSite = 1 }, stop);
            newsrooms._servers.Add(server);
            newsrooms.Note(server, server.World.Articles);
        }
        return newsrooms;
    }

    /// <summary>Publishes at a steady rate, the newsrooms by chance; ends with the token.</summary>
    public async Task PublishAsync(double perSecond, Random random, CancellationToken stop)
    {
        // What was there before counts from now.
        foreach (var page in _published.Keys) _published[page] = _clock.GetUtcNow();
        var due = 0.0;
        while (!stop.IsCancellationRequested)
        {
            for (due += perSecond * Beat.TotalSeconds; due >= 1; due--) Publish(_servers[random.Next(_servers.Count)]);
            await Task.Delay(Beat, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }

    private void Publish(NewsroomServer server) => Note(server, server.Publish(1));

    private void Note(NewsroomServer server, IEnumerable<NewsArticle> articles)
    {
        foreach (var article in articles) _published[PageAddress.Of(new Uri(server.BaseUri, article.Path))] = _clock.GetUtcNow();
    }
}
