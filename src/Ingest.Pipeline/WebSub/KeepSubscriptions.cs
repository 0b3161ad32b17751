using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline.WebSub;

/// <summary>Recurring: asks hubs for what is wanted, renews it before it ends, and tells them what is wanted no longer. Any number of workers may do it at once.</summary>
public sealed class KeepSubscriptions(IPushStore pushes, HubClient hubs, TimeProvider clock, Random random, ILogger<KeepSubscriptions> logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const int AtOnce = 16;

    /// <summary>By then a hub that has taken a request has confirmed it, or has forgotten it.</summary>
    private static readonly TimeSpan Confirmation = TimeSpan.FromHours(1);

    private static readonly TimeSpan BaseDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(2);

    /// <summary>A hub that does not listen is left alone: without a renewal it forgets us by itself.</summary>
    private const int MostFarewells = 4;

    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await pushes.MakeDueAsync(now, stop);
        var due = await pushes.ClaimDueAsync(AtOnce, now, now + BaseDelay, stop);
        await Task.WhenAll(due.Select(subscription => AskAsync(subscription, stop)));
    }

    private async Task AskAsync(PushSubscription subscription, CancellationToken stop)
    {
        if (subscription.State is PushState.Leaving && (subscription.Attempts >= MostFarewells || subscription.LeaseUntil is null || subscription.LeaseUntil < clock.GetUtcNow()))
        {
            await pushes.ForgetAsync(subscription.Token, stop);
            return;
        }
        var error = await hubs.AskAsync(subscription, stop);
        var wait = error is null ? Confirmation : RetryPolicy.Doubling(subscription.Attempts + 1, retryAfter: null, BaseDelay, MaxDelay, random);
        await pushes.NoteAskedAsync(subscription.Token, clock.GetUtcNow() + wait, error, stop);
        if (error is null) Log.HubAsked(logger, subscription.FeedId, subscription.Hub.Authority);
        else Log.HubRefuses(logger, subscription.FeedId, subscription.Hub.Authority, error);
    }
}
