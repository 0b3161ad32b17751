using Ingest.Newsroom;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Microsoft.Data.Sqlite;

namespace Ingest.Benchmarks;

/// <summary>The worker's own services over a database in a folder that goes with it.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private Workbench(DirectoryInfo folder, Toolbox tools) => (_folder, Tools) = (folder, tools);

    public Toolbox Tools { get; }

    /// <param name="newsroom">Where pages may be fetched from, without the politeness that strangers' servers are owed.</param>
    public static async Task<Workbench> OpenAsync(Uri newsroom, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-");
        var settings = new Settings(File: null, Verbose: false,
        [
            new("Storage:DataDir", folder.FullName),
            new("Fetching:AllowedAddresses:0", newsroom.Authority),
            new("Fetching:HostDelay", "00:00:00"),
            new("Fetching:HostConcurrency", "16"),
        ]);
        try
        {
            var tools = await Toolbox.OpenAsync(settings, stop);
            await tools.Get<IServiceProvider>().RegisterSinksAsync(stop);
            return new Workbench(folder, tools);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async Task<IReadOnlyList<long>> SubscribeAsync(Uri newsroom, IEnumerable<NewsFeed> feeds, CancellationToken stop)
    {
        var now = Tools.Get<TimeProvider>().GetUtcNow();
        var ids = new List<long>();
        foreach (var feed in feeds)
            ids.Add((await Tools.Get<ICatalog>().AddFeedAsync(new Uri(newsroom, feed.Path), feed.Site.Name, now, stop)).Feed.Id);
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
