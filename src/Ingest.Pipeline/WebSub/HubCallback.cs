using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline.WebSub;

/// <summary>What hubs say at the callback. A token that nobody was given is answered as if there were no such page.</summary>
public sealed class HubCallback(IPushStore pushes, TimeProvider clock, ILogger<HubCallback> logger)
{
    /// <summary>Documents that wait for one feed; with more, the poll that is due anyway fetches the feed instead.</summary>
    private const int MostWaiting = 20;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    /// <summary>A lease is renewed when this share of it is over.</summary>
    private const double RenewedAfter = 0.8;

    private static readonly TimeSpan AskDeniedAgain = TimeSpan.FromDays(7);

    /// <summary>Verification of intent (WebSub, section 5.3).</summary>
    /// <param name="lease">Null when the hub did not say.</param>
    /// <returns>Whether the challenge is to be echoed.</returns>
    public async Task<bool> ConfirmAsync(string token, string? mode, string? topic, TimeSpan? lease, string? reason, CancellationToken stop)
    {
        if (await pushes.FindAsync(token, stop) is not { } subscription || topic != subscription.Topic.AbsoluteUri) return false;
        switch (mode)
        {
            case "subscribe" when subscription.State is PushState.Wanted or PushState.Active:
                var length = lease is not { } granted ? ShortestLease : granted < ShortestLease ? ShortestLease : granted > LongestLease ? LongestLease : granted;
                var now = clock.GetUtcNow();
                await pushes.NoteActiveAsync(token, now + length, now + (length * RenewedAfter), stop);
                Log.HubConfirms(logger, subscription.FeedId, subscription.Hub.Authority, now + length);
                return true;
            case "unsubscribe" when subscription.State is PushState.Leaving:
                await pushes.ForgetAsync(token, stop);
                return true;
            case "denied" when subscription.State is PushState.Leaving:
                await pushes.ForgetAsync(token, stop);
                return true;
            case "denied":
                await pushes.NoteDeniedAsync(token, clock.GetUtcNow() + AskDeniedAgain, $"the hub denies: {reason ?? "it does not say why"}", stop);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether anybody is behind a token, before a body is read for it: null when nobody is, or was asked to go.</summary>
    public Task<PushSubscription?> FindAsync(string token, CancellationToken stop) => pushes.FindAsync(token, stop);

    /// <summary>Keeps a document for the feed's next refresh, which is due at once. A wrong signature is passed over without a word (section 8).</summary>
    public async Task ReceiveAsync(PushSubscription subscription, string? contentType, string? signature, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (!HubSignature.IsRight(signature, subscription.Secret, body.Span))
        {
            Log.PushForged(logger, subscription.FeedId, subscription.Hub.Authority);
            return;
        }
        await pushes.ReceiveAsync(subscription, new PushedDocument(0, contentType, body), MostWaiting, clock.GetUtcNow(), stop);
        Log.Pushed(logger, subscription.FeedId, subscription.Hub.Authority, body.Length);
    }
}
