using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class PushStore(Database database) : IPushStore
{
    public Task NoteHubAsync(long feedId, NamedHub? hub, string token, string secret, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var (address, topic) = (hub?.Hub.AbsoluteUri, hub?.Topic.AbsoluteUri);
        var known = await context.PushSubscriptions.Where(row => row.FeedId == feedId && row.State != PushState.Leaving).ToListAsync(stop);
        foreach (var row in known.Where(row => row.Hub != address || row.Topic != topic)) Leave(row, now);
        if (hub is not null && known.All(row => row.State is PushState.Leaving) && await context.Feeds.AnyAsync(row => row.Id == feedId, stop))
            context.PushSubscriptions.Add(new PushSubscriptionRow { FeedId = feedId, Token = token, Secret = secret, Hub = address!, Topic = topic!, State = PushState.Wanted, NextAttemptAt = now });
        await context.SaveChangesAsync(stop);
    }, stop);

    private static void Leave(PushSubscriptionRow row, DateTimeOffset now) => (row.State, row.NextAttemptAt, row.Attempts, row.Delivers) = (PushState.Leaving, now, 0, false);

    /// <summary>When a feed goes: its hubs are to be told, and what they brought is of no use.</summary>
    public static async Task LeaveAsync(IngestDbContext context, long feedId, DateTimeOffset now, CancellationToken stop)
    {
        await context.PushSubscriptions.Where(row => row.FeedId == feedId && row.State != PushState.Leaving).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, PushState.Leaving).SetProperty(row => row.NextAttemptAt, now).SetProperty(row => row.Attempts, 0).SetProperty(row => row.Delivers, false), stop);
        await context.Pushes.Where(row => row.FeedId == feedId).ExecuteDeleteAsync(stop);
    }

    public Task<IReadOnlyList<PushSubscription>> ClaimDueAsync(int most, DateTimeOffset now, DateTimeOffset until, CancellationToken stop) => database.WriteAsync<IReadOnlyList<PushSubscription>>(async context =>
    {
        var due = await context.PushSubscriptions.Where(row => row.NextAttemptAt <= now).OrderBy(row => row.NextAttemptAt).Take(most).ToListAsync(stop);
        foreach (var row in due)
        {
            row.NextAttemptAt = until;
            if (row.State is PushState.Denied) row.State = PushState.Wanted;
        }
        await context.SaveChangesAsync(stop);
        return [.. due.Select(Of)];
    }, stop);

    public Task<PushSubscription?> FindAsync(string token, CancellationToken stop) => database.ReadAsync(async context =>
        await context.PushSubscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Token == token, stop) is { } row ? Of(row) : null, stop);

    private static PushSubscription Of(PushSubscriptionRow row) => new(row.FeedId, row.Token, new Uri(row.Hub), new Uri(row.Topic), row.Secret, row.State, row.Attempts, row.LeaseUntil);

    public Task NoteAskedAsync(string token, DateTimeOffset nextAttemptAt, string? error, CancellationToken stop) => ChangeAsync(token, row =>
    {
        row.Attempts++;
        row.Error = error;
        // The hub may have confirmed already, which is when its own time counts.
        if (error is not null || row.NextAttemptAt < nextAttemptAt) row.NextAttemptAt = nextAttemptAt;
    }, stop);

    public Task NoteActiveAsync(string token, DateTimeOffset leaseUntil, DateTimeOffset renewAt, CancellationToken stop) => ChangeAsync(token, row =>
        (row.State, row.LeaseUntil, row.NextAttemptAt, row.Attempts, row.Error) = (PushState.Active, leaseUntil, renewAt, 0, null), stop);

    public Task NoteDeniedAsync(string token, DateTimeOffset nextAttemptAt, string why, CancellationToken stop) => ChangeAsync(token, row =>
        (row.State, row.NextAttemptAt, row.Error, row.LeaseUntil, row.Delivers) = (PushState.Denied, nextAttemptAt, why, null, false), stop);

    private Task ChangeAsync(string token, Action<PushSubscriptionRow> change, CancellationToken stop) => database.WriteAsync(async context =>
    {
        if (await context.PushSubscriptions.SingleOrDefaultAsync(row => row.Token == token, stop) is not { } row) return;
        change(row);
        await context.SaveChangesAsync(stop);
    }, stop);

    public Task ForgetAsync(string token, CancellationToken stop) => database.WriteAsync(context => context.PushSubscriptions.Where(row => row.Token == token).ExecuteDeleteAsync(stop), stop);

    public Task<bool> ReceiveAsync(PushSubscription subscription, PushedDocument document, int most, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(async context =>
    {
        var hasRoom = await context.Pushes.CountAsync(row => row.FeedId == subscription.FeedId, stop) < most;
        if (hasRoom) context.Pushes.Add(new PushRow { FeedId = subscription.FeedId, ReceivedAt = now, ContentType = document.ContentType, Body = document.Body.ToArray() });
        if (await context.PushSubscriptions.SingleOrDefaultAsync(row => row.Token == subscription.Token, stop) is { } row) (row.PushedAt, row.Delivers) = (now, true);
        await context.SaveChangesAsync(stop);
        await MakeDueAsync(context.Feeds.Where(feed => feed.Id == subscription.FeedId), now, stop);
        return hasRoom;
    }, stop);

    public Task<IReadOnlyList<PushedDocument>> WaitingAsync(long feedId, CancellationToken stop) => database.ReadAsync<IReadOnlyList<PushedDocument>>(async context =>
        (await context.Pushes.AsNoTracking().Where(row => row.FeedId == feedId).OrderBy(row => row.Id).ToListAsync(stop)).ConvertAll(row => new PushedDocument(row.Id, row.ContentType, row.Body)), stop);

    public Task DropAsync(IReadOnlyCollection<long> ids, CancellationToken stop) => database.WriteAsync(context => context.Pushes.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(stop), stop);

    public Task<int> MakeDueAsync(DateTimeOffset now, CancellationToken stop) => database.WriteAsync(context =>
        MakeDueAsync(context.Feeds.Where(feed => context.Pushes.Any(push => push.FeedId == feed.Id)), now, stop), stop);

    // What is leased is being polled at this moment, and is due again afterwards; what is retired or quarantined stays so.
    private static Task<int> MakeDueAsync(IQueryable<FeedRow> feeds, DateTimeOffset now, CancellationToken stop) =>
        feeds.Where(row => row.LeaseOwner == null && row.NextDueAt > now).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextDueAt, now), stop);

    public Task DistrustAsync(long feedId, CancellationToken stop) => database.WriteAsync(context =>
        context.PushSubscriptions.Where(row => row.FeedId == feedId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Delivers, false), stop), stop);
}
