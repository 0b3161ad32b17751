using Ingest.Core.Feeds.Rhythm;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Storage;

/// <summary>A feed's rhythm, its hub and what that brings.</summary>
public abstract partial class StoreContract
{
    private static readonly NamedHub Hub = new(new Uri("https://hub.example/"), new Uri("https://example.org/a"));

    private IPushStore Pushes => Tools.Get<IPushStore>();

    [Fact]
    public async Task A_rhythm_stays_as_it_was_until_a_poll_has_learnt_something()
    {
        var feed = await FeedAsync("https://example.org/a");
        var rhythm = PublishingRhythm.Begin(new Sighting(Now, null, [Now.AddHours(-1), Now.AddHours(-5), Now.AddHours(-9)], 3));
        await Feeds.SavePollAsync(new PollResult(feed, Now, Now, TimeSpan.FromHours(1)) { Rhythm = rhythm }, [], CancellationToken.None);
        await Feeds.SavePollAsync(new PollResult(feed, Now.AddHours(1), Now, TimeSpan.FromHours(1)), [], CancellationToken.None);
        var found = (await Feeds.FindAsync(feed, CancellationToken.None))!;
        Assert.Equal(rhythm.PerDayAt(Now), found.Rhythm!.PerDayAt(Now), 0.01);
        Assert.Equal(Now.AddHours(1), found.LastPolledAt);
        Assert.False(found.HasPushes);
        Assert.Null(found.PushedUntil);
    }

    [Fact]
    public async Task A_hub_is_asked_by_one_worker_renewed_in_time_and_told_of_the_end()
    {
        var feed = await FeedAsync("https://example.org/a");
        await Pushes.NoteHubAsync(feed, Hub, "token", "secret", Now, CancellationToken.None);
        await Pushes.NoteHubAsync(feed, Hub, "another", "other", Now, CancellationToken.None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Pushes.ClaimDueAsync(10, Now, Now.AddMinutes(5), CancellationToken.None))));
        var asked = Assert.Single(claims.SelectMany(claim => claim));
        Assert.Equal(("token", "secret", PushState.Wanted), (asked.Token, asked.Secret, asked.State));
        await Pushes.NoteActiveAsync("token", Now.AddDays(10), Now.AddDays(8), CancellationToken.None);
        // The hub's confirmation may come before its answer to the request.
        await Pushes.NoteAskedAsync("token", Now.AddHours(1), null, CancellationToken.None);
        Assert.Empty(await Pushes.ClaimDueAsync(10, Now.AddDays(7), Now.AddDays(7), CancellationToken.None));
        Assert.Single(await Pushes.ClaimDueAsync(10, Now.AddDays(8), Now.AddDays(8).AddMinutes(5), CancellationToken.None));

        await Catalog.RemoveFeedAsync(feed, CancellationToken.None);
        Assert.Equal(PushState.Leaving, (await Pushes.FindAsync("token", CancellationToken.None))!.State);
        await Pushes.ForgetAsync("token", CancellationToken.None);
        Assert.Null(await Pushes.FindAsync("token", CancellationToken.None));
    }

    [Fact]
    public async Task What_a_hub_brings_waits_makes_its_feed_due_and_is_relied_upon_until_a_poll_finds_more()
    {
        var feed = await FeedAsync("https://example.org/a");
        await Pushes.NoteHubAsync(feed, Hub, "token", "secret", Now, CancellationToken.None);
        await Pushes.NoteActiveAsync("token", Now.AddDays(10), Now.AddDays(8), CancellationToken.None);
        await Feeds.SavePollAsync(new PollResult(feed, Now, Now.AddDays(1), TimeSpan.FromDays(1)), [], CancellationToken.None);
        var subscription = (await Pushes.FindAsync("token", CancellationToken.None))!;
        Assert.True(await Pushes.ReceiveAsync(subscription, new PushedDocument(0, "application/rss+xml", new byte[] { 1, 2 }), 1, Now, CancellationToken.None));
        Assert.False(await Pushes.ReceiveAsync(subscription, new PushedDocument(0, null, new byte[] { 3 }), 1, Now, CancellationToken.None));
        Assert.Equal(feed, Assert.Single(await Feeds.ClaimDueAsync(10, Lease("w"), CancellationToken.None)).Id);
        var found = (await Feeds.FindAsync(feed, CancellationToken.None))!;
        Assert.True(found.HasPushes);
        Assert.Equal(Now.AddDays(10), found.PushedUntil);

        // What came while it was polled makes it due again.
        await Feeds.SavePollAsync(new PollResult(feed, Now, Now.AddDays(1), TimeSpan.FromDays(1)) { LeaseOwner = "w" }, [], CancellationToken.None);
        Assert.Equal(1, await Pushes.MakeDueAsync(Now, CancellationToken.None));
        var waiting = Assert.Single(await Pushes.WaitingAsync(feed, CancellationToken.None));
        Assert.Equal([1, 2], waiting.Body.ToArray());
        // What a poll has read goes with it, but not with one whose lease has gone to another.
        Assert.Single(await Feeds.ClaimDueAsync(10, Lease("w"), CancellationToken.None));
        var poll = new PollResult(feed, Now, Now.AddDays(1), TimeSpan.FromDays(1)) { Pushes = [waiting.Id] };
        await Feeds.SavePollAsync(poll with { LeaseOwner = "somebody else" }, [], CancellationToken.None);
        Assert.Single(await Pushes.WaitingAsync(feed, CancellationToken.None));
        await Feeds.SavePollAsync(poll with { LeaseOwner = "w" }, [], CancellationToken.None);
        Assert.Empty(await Pushes.WaitingAsync(feed, CancellationToken.None));
        Assert.Equal(0, await Pushes.MakeDueAsync(Now.AddMinutes(-1), CancellationToken.None));
        Assert.True((await Catalog.FindFeedAsync(feed, CancellationToken.None))!.Push!.Relied);
        await Pushes.DistrustAsync(feed, CancellationToken.None);
        Assert.Null((await Feeds.FindAsync(feed, CancellationToken.None))!.PushedUntil);
    }
}
