using Ingest.Core.Articles;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ingest.IntegrationTests.Flow;

/// <summary>The relay between a real outbox and a sink that does as it is told.</summary>
public sealed class DeliverOutboxTests : IAsyncLifetime
{
    private const string Owner = "worker/1";

    private readonly TempFolder _data = new();
    private readonly StandingClock _clock = new(Messages.Now);
    private readonly ScriptedSink _sink = new();
    private readonly DeliveryOptions _options = new() { BatchSize = 4, BreakAfter = 2, MaxAttempts = 3 };
    private Toolbox _tools = null!;
    private IOutboxStore Outbox => _tools.Get<IOutboxStore>();
    private IDeliveryDesk Desk => _tools.Get<IDeliveryDesk>();

    public async ValueTask InitializeAsync()
    {
        _tools = await Toolbox.OpenAsync(new Settings(null, Verbose: false, [new("Storage:DataDir", _data.Path)]), CancellationToken.None);
        await Outbox.RegisterAsync(_sink.Name, from: null, Messages.Now, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Everything_is_delivered_in_order_and_once()
    {
        await QueueAsync(1, 2, 3, 4, 5, 6);
        await RelayAsync(3);
        Assert.Equal([1, 2, 3, 4, 5, 6], _sink.Taken);
        Assert.Equal(2, _sink.Calls);
        Assert.Equal((6, 0, SinkState.Well), await StateAsync());
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_passed_over()
    {
        await QueueAsync(1, 2, 3);
        await RelayAsync(2, new SinkFilter(new SinkFilterOptions { Languages = { "fr" } }));
        Assert.Empty(_sink.Taken);
        Assert.Equal((0, 0, SinkState.Well), await StateAsync());
    }

    [Fact]
    public async Task What_a_sink_has_taken_before_its_fault_does_not_come_again()
    {
        await QueueAsync(1, 2, 3);
        _sink.Unavailable.Add(3);
        await RelayAsync(2);
        Assert.Equal([1, 2], _sink.Taken);
        Assert.Equal((2, 1, SinkState.Refusing), await StateAsync());
        _sink.Unavailable.Clear();
        await RelayAsync(1);
        Assert.Equal([1, 2], _sink.Taken);
        _clock.Now += TimeSpan.FromMinutes(2);
        await RelayAsync(2);
        Assert.Equal([1, 2, 3], _sink.Taken);
        Assert.Equal((3, 0, SinkState.Well), await StateAsync());
    }

    [Fact]
    public async Task A_sink_that_takes_what_it_can_in_one_call_is_called_again_without_blame()
    {
        await QueueAsync(1, 2, 3, 4);
        _sink.AtOnce = 3;
        await RelayAsync(2);
        Assert.Equal([4, 1], _sink.Sizes);
        Assert.Equal([1, 2, 3, 4], _sink.Taken);
        Assert.Equal((4, 0, SinkState.Well), await StateAsync());
    }

    [Fact]
    public async Task An_open_circuit_is_tried_with_one_message()
    {
        await QueueAsync(1, 2, 3);
        _sink.Unavailable.UnionWith([1, 2, 3]);
        for (var i = 0; i < 3; i++) await RelayLaterAsync();
        Assert.Equal([3, 3, 1], _sink.Sizes);
    }

    [Fact]
    public async Task Nothing_is_given_up_while_the_whole_sink_is_away()
    {
        await QueueAsync(1, 2);
        _sink.Unavailable.UnionWith([1, 2]);
        for (var i = 0; i < 20; i++) await RelayLaterAsync();
        Assert.Equal((0, 2, SinkState.Refusing), await StateAsync());
        Assert.Empty(await Desk.ListDeadAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_fails_while_the_next_one_is_taken_becomes_a_dead_letter()
    {
        await QueueAsync(1, 2, 3);
        _sink.Unavailable.Add(1);
        for (var i = 0; i < 5; i++) await RelayLaterAsync();
        Assert.Equal([2, 3], _sink.Taken);
        var dead = Assert.Single(await Desk.ListDeadAsync(_sink.Name, 10, CancellationToken.None));
        Assert.Equal((1, "m1", "away"), (dead.Sequence, dead.MessageId, dead.Error));
    }

    [Fact]
    public async Task A_refused_message_is_a_dead_letter_at_once_and_can_be_replayed()
    {
        await QueueAsync(1, 2, 3);
        _sink.Refused.Add(2);
        await RelayAsync(1);
        Assert.Equal([1, 3], _sink.Taken);
        Assert.Equal(1, await Desk.ReplayDeadAsync(_sink.Name, null, dryRun: true, CancellationToken.None));
        Assert.Equal(1, await Desk.ReplayDeadAsync(_sink.Name, 2, dryRun: false, CancellationToken.None));
        await RelayAsync(1);
        Assert.Equal("no", Assert.Single(await Desk.ListDeadAsync(null, 10, CancellationToken.None)).Error);
        _sink.Refused.Clear();
        await Desk.ReplayDeadAsync(_sink.Name, null, dryRun: false, CancellationToken.None);
        await RelayAsync(1);
        Assert.Equal([1, 3, 2], _sink.Taken);
        Assert.Equal([2], _sink.Replays);
        Assert.Empty(await Desk.ListDeadAsync(null, 10, CancellationToken.None));
        Assert.Equal((3, 0, SinkState.Well), await StateAsync());
    }

    [Fact]
    public async Task A_sink_that_asks_never_to_be_called_again_waits_for_a_person()
    {
        await QueueAsync(1);
        _sink.Gone = true;
        await RelayAsync(1);
        _clock.Now += TimeSpan.FromDays(30);
        await RelayAsync(3);
        Assert.Equal(1, _sink.Calls);
        Assert.Equal((0, 1, SinkState.Paused), await StateAsync());
        _sink.Gone = false;
        Assert.True(await Desk.ResumeAsync(_sink.Name, CancellationToken.None));
        await RelayAsync(1);
        Assert.Equal([1], _sink.Taken);
    }

    [Fact]
    public async Task Replaying_since_an_instant_sends_again_and_says_that_it_does()
    {
        await QueueAsync(1, 2, 3);
        await RelayAsync(2);
        Assert.Equal(2, await Desk.ReplaySinceAsync(_sink.Name, TimeOf(2), dryRun: false, CancellationToken.None));
        await QueueAsync(4);
        await RelayAsync(2);
        Assert.Equal([1, 2, 3, 2, 3, 4], _sink.Taken);
        Assert.Equal([2, 3], _sink.Replays);
    }

    [Fact]
    public async Task Dropping_what_waits_moves_on_without_sending()
    {
        await QueueAsync(1, 2, 3);
        Assert.Equal(2, await Desk.DropWaitingAsync(_sink.Name, TimeOf(3), dryRun: false, CancellationToken.None));
        await RelayAsync(2);
        Assert.Equal([3], _sink.Taken);
    }

    [Fact]
    public async Task A_sink_that_is_added_later_begins_where_it_was_told()
    {
        await QueueAsync(1, 2, 3);
        await Outbox.RegisterAsync("from now", from: null, Messages.Now, CancellationToken.None);
        await Outbox.RegisterAsync("from the second", TimeOf(2), Messages.Now, CancellationToken.None);
        await Outbox.RegisterAsync("from the beginning", DateTimeOffset.MinValue, Messages.Now, CancellationToken.None);
        var waiting = (await Desk.ListAsync(CancellationToken.None)).ToDictionary(sink => sink.Sink, sink => sink.Waiting);
        Assert.Equal((0, 2, 3), (waiting["from now"], waiting["from the second"], waiting["from the beginning"]));
    }

    [Fact]
    public async Task A_relay_whose_lease_was_taken_over_moves_nothing()
    {
        await QueueAsync(1);
        _sink.Meanwhile = () => Outbox.LeaseAsync(_sink.Name, new Lease("worker/2", Messages.Now.AddHours(1), Messages.Now.AddHours(2)), CancellationToken.None);
        await RelayAsync(1);
        Assert.Equal((0, 1, SinkState.Well), await StateAsync());
    }

    private async Task RelayAsync(int times, SinkFilter? filter = null)
    {
        var relay = new DeliverOutbox(
            new ConfiguredSink(_sink, "nowhere", filter ?? SinkFilter.Everything, null), Outbox, _tools.Get<LeaseHolder>(), new OutboxSignal(), Options.Create(_options),
            _tools.Get<Metrics>(), _clock, new Random(1), NullLogger<DeliverOutbox>.Instance);
        for (var i = 0; i < times; i++) await relay.DeliverNextAsync(Owner, CancellationToken.None);
    }

    private Task RelayLaterAsync()
    {
        _clock.Now += TimeSpan.FromMinutes(2);
        return RelayAsync(1);
    }

    private async Task<(long Delivered, long Waiting, SinkState State)> StateAsync()
    {
        var sink = Assert.Single(await Desk.ListAsync(CancellationToken.None));
        return (sink.Delivered, sink.Waiting, sink.State);
    }

    private static DateTimeOffset TimeOf(int number) => Messages.Now.AddMinutes(number);

    private async Task QueueAsync(params int[] numbers)
    {
        var feed = (await _tools.Get<ICatalog>().AddFeedAsync(new Uri("https://example.org/feed.xml"), null, Messages.Now, CancellationToken.None)).Feed.Id;
        foreach (var number in numbers)
        {
            var url = new Uri($"https://example.org/{number}");
            var article = new NewArticle(Guid.CreateVersion7(Messages.Now), url.AbsoluteUri, url, new FeedEntry(), Messages.Now, Messages.Now);
            await _tools.Get<IFeedStore>().SavePollAsync(new PollResult(feed, Messages.Now, Messages.Now, TimeSpan.FromHours(1)), [article], CancellationToken.None);
            var clean = new CleanArticle { Text = "text", Paragraphs = [], Removed = [], Quality = new ExtractionQuality(1, false, false, "html") };
            await _tools.Get<IArticleStore>().SaveIngestedAsync(
                new IngestedArticle(article.Id, clean, null, "hash", "{}"u8.ToArray(), Messages.Number(number) with { CreatedAt = TimeOf(number) }, TimeOf(number)), CancellationToken.None);
        }
    }

    private sealed class ScriptedSink : ISink
    {
        public string Name => "scripted";
        public List<long> Taken { get; } = [];
        public List<long> Replays { get; } = [];
        public List<int> Sizes { get; } = [];
        public int Calls => Sizes.Count;
        public HashSet<long> Unavailable { get; } = [];
        public HashSet<long> Refused { get; } = [];
        public bool Gone { get; set; }
        public int AtOnce { get; set; } = int.MaxValue;
        public Func<Task>? Meanwhile { get; set; }

        public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
        {
            Sizes.Add(batch.Count);
            if (Meanwhile is not null) await Meanwhile();
            if (Gone) return new DeliveryOutcome(0, [], new SinkFault("gone", Pause: true));
            var settled = batch.Take(AtOnce).TakeWhile(message => !Unavailable.Contains(message.Sequence)).ToList();
            var refused = settled.Where(message => Refused.Contains(message.Sequence)).ToList();
            Taken.AddRange(settled.Except(refused).Select(message => message.Sequence));
            Replays.AddRange(settled.Except(refused).Where(message => message.IsReplay).Select(message => message.Sequence));
            return new DeliveryOutcome(settled.Count, [.. refused.Select(message => new Refusal(message, "no"))], settled.Count < batch.Count && settled.Count < AtOnce ? new SinkFault("away") : null);
        }
    }
}
