using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

internal sealed class SubscriptionStore(Database database) : ISubscriptionStore
{
    public Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<Subscription> subscriptions, DateTimeOffset now, CancellationToken stop) => database.WriteAsync<IReadOnlyList<bool>>(async context =>
    {
        var addresses = subscriptions.Select(subscription => subscription.Url.AbsoluteUri).ToList();
        var known = (await context.Feeds.Where(row => addresses.Contains(row.Url)).Select(row => row.Url).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        List<bool> added = [.. addresses.Select(known.Add)];
        context.Feeds.AddRange(subscriptions.Zip(added).Where(pair => pair.Second).Select(pair => RowOf(pair.First, now)));
        await context.SaveChangesAsync(stop);
        return added;
    }, stop);

    public Task<IReadOnlyList<Subscription>> ListAsync(CancellationToken stop) => database.ReadAsync<IReadOnlyList<Subscription>>(async context =>
    [
        .. (await context.Feeds.AsNoTracking().OrderBy(row => row.Id).Select(row => new { row.Url, row.Title, row.SiteUrl, row.Tags, row.Attributes }).ToListAsync(stop)).Select(row => new Subscription(new Uri(row.Url), row.Title)
        {
            SiteUrl = row.SiteUrl,
            Tags = SubscriptionJson.Tags(row.Tags),
            Attributes = SubscriptionJson.Attributes(row.Attributes),
        }),
    ], stop);

    private static FeedRow RowOf(Subscription subscription, DateTimeOffset now) => new()
    {
        Url = subscription.Url.AbsoluteUri,
        Host = subscription.Url.Authority,
        Title = StorableText.Of(subscription.Title),
        SiteUrl = StorableText.Of(subscription.SiteUrl),
        Tags = StorableText.Of(SubscriptionJson.Write(subscription.Tags)),
        Attributes = StorableText.Of(SubscriptionJson.Write(subscription.Attributes)),
        CreatedAt = now,
        NextDueAt = now,
    };
}
