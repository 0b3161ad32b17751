using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class FeedSettings(Database database) : IFeedSettings
{
    public Task<FetchSettings?> FindAsync(long feedId, CancellationToken stop) => database.ReadAsync(async context =>
    {
        var found = await context.Feeds.Where(row => row.Id == feedId).Select(row => new { row.FetchSettings }).SingleOrDefaultAsync(stop);
        return found is null ? null : FetchJson.Settings(found.FetchSettings);
    }, stop);

    public Task<bool> SaveAsync(long feedId, FetchSettings settings, CancellationToken stop)
    {
        var json = FetchJson.Write(settings);
        return database.WriteAsync(async context =>
            await context.Feeds.Where(row => row.Id == feedId).ExecuteUpdateAsync(set => set.SetProperty(row => row.FetchSettings, json), stop) == 1, stop);
    }
}
