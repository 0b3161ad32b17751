using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class WorkerRegistry(Database database, DatabaseClock clock, WorkerIdentity me) : IWorkerRegistry
{
    public async Task<Pulse> EnterAsync(CancellationToken stop)
    {
        if (!database.IsShared) await database.WriteAsync(context => TakeOverAllAsync(context, clock.GetUtcNow(), stop), stop);
        return await BeatAsync(stop);
    }

    public async Task<Pulse> BeatAsync(CancellationToken stop)
    {
        await clock.FollowAsync(stop);
        var dead = await database.WriteAsync(context => BeatAsync(context, clock.GetUtcNow(), stop), stop);
        // Counted after the commit: of two workers that begin at once, at least the later one sees both.
        return await database.ReadAsync(
            async context => new Pulse(await context.Workers.CountAsync(stop), dead, await QuietAsync(context, stop)) { Slow = await SlowAsync(context, stop) }, stop);
    }

    private async Task<IReadOnlyList<string>> BeatAsync(IngestDbContext context, DateTimeOffset now, CancellationToken stop)
    {
        var seen = await context.Workers.Where(row => row.Name == me.Name).Select(row => (DateTimeOffset?)row.SeenAt).SingleOrDefaultAsync(stop);
        if (seen is null)
        {
            context.Workers.Add(new WorkerRow { Name = me.Name, Host = me.Host, Version = me.Version, StartedAt = now, SeenAt = now });
            await context.SaveChangesAsync(stop);
        }
        else await context.Workers.Where(row => row.Name == me.Name).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now), stop);
        // Whoever was silent itself does not judge: after the database was away, all are late, and each is given the time to say that it lives.
        return seen is null || now - seen > WorkerLife.SilentAfter ? [] : await StrikeOffAsync(context, now, stop);
    }

    private static async Task<IReadOnlyList<string>> StrikeOffAsync(IngestDbContext context, DateTimeOffset now, CancellationToken stop)
    {
        var since = now - WorkerLife.SilentAfter;
        var dead = await context.Workers.Where(row => row.SeenAt < since).Select(row => row.Name).ToListAsync(stop);
        foreach (var name in dead)
        {
            await TakeOverAsync(Held.By(context, name), now, stop);
            await context.Workers.Where(row => row.Name == name).ExecuteDeleteAsync(stop);
        }
        return dead;
    }

    /// <summary>Where there is one worker, all others are dead, whatever they called themselves.</summary>
    private static async Task TakeOverAllAsync(IngestDbContext context, DateTimeOffset now, CancellationToken stop)
    {
        await TakeOverAsync(Held.ByAnybody(context), now, stop);
        await context.Workers.ExecuteDeleteAsync(stop);
    }

    // The owners stay named, so that the deaths are counted: see Poison.
    private static async Task TakeOverAsync(Held held, DateTimeOffset now, CancellationToken stop)
    {
        await held.Feeds.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextDueAt, now), stop);
        await held.Articles.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now), stop);
        await held.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, now), stop);
    }

    public Task LeaveAsync(CancellationToken stop) => database.WriteAsync(async context =>
    {
        var now = clock.GetUtcNow();
        var held = Held.By(context, me.Name);
        await held.Feeds.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.InHand, false).SetProperty(row => row.NextDueAt, now), stop);
        await held.Articles.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.InHand, false).SetProperty(row => row.NextAttemptAt, now), stop);
        await held.Deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), stop);
        // Ended, not forgotten: whoever is next keeps the pause from here.
        await context.Hosts.Where(row => row.LeaseOwner == me.Name && row.LeaseUntil > now).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, now), stop);
        await context.Workers.Where(row => row.Name == me.Name).ExecuteDeleteAsync(stop);
    }, stop);

    public Task<IReadOnlyList<WorkerSummary>> ListAsync(CancellationToken stop)
    {
        var since = clock.GetUtcNow() - WorkerLife.SilentAfter;
        return database.ReadAsync<IReadOnlyList<WorkerSummary>>(async context => await context.Workers.OrderBy(row => row.StartedAt)
            .Select(row => new WorkerSummary(row.Name, row.Host, row.Version, row.StartedAt, row.SeenAt, row.SeenAt < since)).ToListAsync(stop), stop);
    }

    private async Task<IReadOnlyList<QuietHost>> QuietAsync(IngestDbContext context, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return await context.Hosts.Where(row => row.QuietUntil > now).Select(row => new QuietHost(row.Host, row.QuietUntil!.Value)).ToListAsync(stop);
    }

    private async Task<IReadOnlyList<SlowHost>> SlowAsync(IngestDbContext context, CancellationToken stop)
    {
        var since = clock.GetUtcNow() - SlowHost.Forgotten;
        return await context.Hosts.Where(row => row.SlowedAt > since)
            .Select(row => new SlowHost(row.Host, TimeSpan.FromMilliseconds(row.SlowedBy), row.SlowedAt!.Value)).ToListAsync(stop);
    }

    /// <summary>What is leased.</summary>
    private sealed record Held(IQueryable<FeedRow> Feeds, IQueryable<ArticleRow> Articles, IQueryable<DeliveryRow> Deliveries)
    {
        public static Held By(IngestDbContext context, string worker)
        {
            var (from, to) = (Lease.AllOf(worker), Lease.AfterAllOf(worker));
            return new Held(
                context.Feeds.Where(row => string.Compare(row.LeaseOwner, from) >= 0 && string.Compare(row.LeaseOwner, to) < 0),
                context.Articles.Where(row => string.Compare(row.LeaseOwner, from) >= 0 && string.Compare(row.LeaseOwner, to) < 0),
                context.Deliveries.Where(row => string.Compare(row.LeaseOwner, from) >= 0 && string.Compare(row.LeaseOwner, to) < 0));
        }

        public static Held ByAnybody(IngestDbContext context) => new(
            context.Feeds.Where(row => row.LeaseOwner != null), context.Articles.Where(row => row.LeaseOwner != null), context.Deliveries.Where(row => row.LeaseOwner != null));
    }
}
