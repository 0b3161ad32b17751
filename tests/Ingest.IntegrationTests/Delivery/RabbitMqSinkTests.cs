using System.Net;
using System.Net.Sockets;
using System.Text;
using Ingest.Delivery.RabbitMq;
using Ingest.IntegrationTests.Harness;
using Ingest.IntegrationTests.Harness.Servers;
using Ingest.Pipeline.Ports;
using RabbitMQ.Client;

namespace Ingest.IntegrationTests.Delivery;

public sealed class RabbitMqSinkTests : IAsyncLifetime
{
    private string _uri = "";
    private IConnection _connection = null!;
    private IChannel _consumer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The test's own, on the broker that all share.</summary>
    private static string Name => $"test.{TestContext.Current.Test!.UniqueID[..16]}";

    public async ValueTask InitializeAsync()
    {
        _uri = (await RabbitServer.UriAsync()).AbsoluteUri;
        _connection = await new ConnectionFactory { Uri = new Uri(_uri) }.CreateConnectionAsync(Stop);
        _consumer = await _connection.CreateChannelAsync(cancellationToken: Stop);
        await _consumer.ExchangeDeclareAsync(Name, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        await using var cleaner = await _connection.CreateChannelAsync(cancellationToken: CancellationToken.None);
        await cleaner.ExchangeDeleteAsync(Name, cancellationToken: CancellationToken.None);
        await cleaner.QueueDeleteAsync(Name, cancellationToken: CancellationToken.None);
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Confirmed_messages_are_in_the_queue_in_order_and_whole()
    {
        await BindAsync("#");
        await using var sink = Sink();
        Assert.Equal(500, (await DeliverAsync(sink, [.. Enumerable.Range(1, 500)])).Settled);
        for (var number = 1; number <= 500; number++)
        {
            var got = (await _consumer.BasicGetAsync(Name, autoAck: true, Stop))!;
            Assert.Equal(Messages.Number(number).Payload.ToArray(), got.Body.ToArray());
        }
    }

    [Fact]
    public async Task A_message_carries_what_routes_and_identifies_it()
    {
        await BindAsync("pt-br.*.created");
        await using var sink = Sink();
        var message = Messages.Number(7);
        message = message with
        {
            Labels = message.Labels with { Language = "pt-BR", FeedUrl = new Uri("https://www.example.org/news/feed.xml") },
            Payload = """{"specversion":"1.0","id":"m7","source":"/feeds/1","type":"ingest.article.created","datacontenttype":"application/json","data":{"id":"x"},"subject":"s"}"""u8.ToArray(),
        };
        await sink.DeliverAsync([message], Stop);
        var got = (await _consumer.BasicGetAsync(Name, autoAck: true, Stop))!;
        Assert.Equal("pt-br.example-org-news-feed.created", got.RoutingKey);
        var properties = got.BasicProperties;
        Assert.Equal(("m7", "ingest.article.created", "application/cloudevents+json"), (properties.MessageId, properties.Type, properties.ContentType));
        Assert.Equal((true, Messages.Now.ToUnixTimeSeconds()), (properties.Persistent, properties.Timestamp.UnixTime));
        var headers = properties.Headers!.Where(header => header.Key.StartsWith("cloudEvents_", StringComparison.Ordinal))
            .Select(header => $"{header.Key}={Encoding.UTF8.GetString((byte[])header.Value!)}").Order();
        Assert.Equal(["cloudEvents_id=m7", "cloudEvents_source=/feeds/1", "cloudEvents_specversion=1.0", "cloudEvents_subject=s", "cloudEvents_type=ingest.article.created"], headers);
    }

    [Theory]
    [InlineData("unknown", null, "und")]
    [InlineData("what a page calls its language", "d.e *#", "de")]
    [InlineData("nothing of a tag", "...", "und")]
    public void A_language_is_one_word_of_the_routing_key(string reason, string? language, string word)
    {
        var message = Messages.Number(1);
        var key = RabbitMqMessage.RoutingKeyOf(message with { Labels = message.Labels with { Language = language } });
        Assert.True(key == $"{word}.example-org-feed.created", $"{reason}: {key}");
    }

    [Fact]
    public async Task A_message_that_no_queue_is_bound_for_is_refused_and_the_others_go_on()
    {
        await BindAsync("fr.#");
        await using var sink = Sink();
        var german = Messages.Number(1);
        var french = Messages.Number(2) with { Labels = german.Labels with { Language = "fr" } };
        var outcome = await sink.DeliverAsync([german, french, Messages.Number(3)], Stop);
        Assert.Equal((3, null), (outcome.Settled, outcome.Fault));
        Assert.Equal(["m1", "m3"], outcome.Refused.Select(refusal => refusal.Message.MessageId));
        Assert.Equal("no queue is bound for de.example-org-feed.created", outcome.Refused[0].Why);
        Assert.Equal(1u, await _consumer.MessageCountAsync(Name, Stop));
    }

    [Fact]
    public async Task A_message_that_no_queue_is_bound_for_is_dropped_where_that_is_wanted()
    {
        await using var sink = Sink(options => options.Unroutable = UnroutablePolicy.Drop);
        var outcome = await DeliverAsync(sink, 1, 2);
        Assert.Equal((2, 0), (outcome.Settled, outcome.Refused.Count));
    }

    [Fact]
    public async Task A_message_that_the_broker_does_not_confirm_is_not_settled()
    {
        await BindAsync("#", new Dictionary<string, object?> { ["x-max-length"] = 2, ["x-overflow"] = "reject-publish" });
        await using var sink = Sink();
        Assert.Equal(2, (await DeliverAsync(sink, 1, 2)).Settled);
        var outcome = await DeliverAsync(sink, 3, 4);
        Assert.Equal((0, "the broker did not take a message (nack)"), (outcome.Settled, outcome.Fault!.Why));
        await _consumer.QueuePurgeAsync(Name, Stop);
        Assert.Equal(2, (await DeliverAsync(sink, 3, 4)).Settled);
    }

    [Fact]
    public async Task A_queue_of_its_own_is_made_before_the_first_consumer_comes()
    {
        await using var sink = Sink(options =>
        {
            options.Queue = Name;
            options.BindingKeys.Add("de.#");
        });
        var outcome = await sink.DeliverAsync([Messages.Number(1), Messages.Number(2) with { Labels = Messages.Number(2).Labels with { Language = null } }], Stop);
        Assert.Equal("m2", Assert.Single(outcome.Refused).Message.MessageId);
        // Declaring it otherwise is an error: it is durable and a quorum queue.
        await _consumer.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: Stop);
        Assert.Equal("m1", (await _consumer.BasicGetAsync(Name, autoAck: true, Stop))!.BasicProperties.MessageId);
    }

    [Fact]
    public async Task What_was_confirmed_outlives_the_broker_and_delivery_goes_on_when_it_is_back()
    {
        await using var broker = await Torture.Servers.PrivateServers.RabbitAsync(Stop);
        await using var sink = Sink(options => (options.Uri, options.Queue) = (broker.Connection, "kept"));
        Assert.Equal(1, (await DeliverAsync(sink, 1)).Settled);
        // The broker writes a new quorum queue down when it is told to stop.
        await broker.StopAsync("TERM");
        var away = await DeliverAsync(sink, 2);
        Assert.Equal((0, "Connection refused"), (away.Settled, away.Fault!.Why));
        await broker.StartAsync(Stop);
        Assert.Equal(1, (await DeliverAsync(sink, 2)).Settled);
        await broker.StopAsync("KILL");
        await broker.StartAsync(Stop);
        Assert.Equal(1, (await DeliverAsync(sink, 3)).Settled);
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.Connection) }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        for (var number = 1; number <= 3; number++) Assert.Equal($"m{number}", (await channel.BasicGetAsync("kept", autoAck: true, Stop))!.BasicProperties.MessageId);
    }

    [Fact]
    public async Task A_broker_that_hangs_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var sink = Sink(options => options.Uri = $"amqp://guest:guest@{silent.LocalEndpoint}");
        Assert.Equal("the broker does not answer within 5 s", (await DeliverAsync(sink, 1)).Fault!.Why);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.DeliverAsync([Messages.Number(1)], deadline.Token));
    }

    [Fact]
    public async Task A_wrong_password_is_a_fault_that_does_not_tell_it()
    {
        var right = new Uri(_uri);
        await using var sink = Sink(options => options.Uri = $"amqp://guest:hunter2@{right.Authority}/");
        var fault = (await DeliverAsync(sink, 1)).Fault!;
        Assert.Contains("ACCESS_REFUSED", fault.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Why + sink.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exchange_of_another_kind_is_a_fault_and_mended_by_hand()
    {
        await _consumer.ExchangeDeleteAsync(Name, cancellationToken: Stop);
        await _consumer.ExchangeDeclareAsync(Name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: Stop);
        await using var sink = Sink(options => options.Unroutable = UnroutablePolicy.Drop);
        Assert.Contains("PRECONDITION_FAILED", (await DeliverAsync(sink, 1)).Fault!.Why, StringComparison.Ordinal);
        await _consumer.ExchangeDeleteAsync(Name, cancellationToken: Stop);
        Assert.Equal(1, (await DeliverAsync(sink, 1)).Settled);
    }

    [Fact]
    public async Task A_connection_that_the_broker_closed_is_replaced()
    {
        await BindAsync("#");
        await using var sink = Sink();
        Assert.Equal(1, (await DeliverAsync(sink, 1)).Settled);
        // Without its exchange the broker closes the channel.
        await _consumer.ExchangeDeleteAsync(Name, cancellationToken: Stop);
        Assert.Contains("NOT_FOUND", (await DeliverAsync(sink, 2)).Fault!.Why, StringComparison.Ordinal);
        Assert.Equal("m2", Assert.Single((await DeliverAsync(sink, 2)).Refused).Message.MessageId);
    }

    private async Task BindAsync(string key, Dictionary<string, object?>? arguments = null)
    {
        await _consumer.QueueDeclareAsync(Name, durable: false, exclusive: true, autoDelete: false, arguments, cancellationToken: Stop);
        await _consumer.QueueBindAsync(Name, Name, key, cancellationToken: Stop);
    }

    private static Task<DeliveryOutcome> DeliverAsync(RabbitMqSink sink, params int[] numbers) => sink.DeliverAsync([.. numbers.Select(number => Messages.Number(number))], Stop);

    private RabbitMqSink Sink(Action<RabbitMqOptions>? change = null)
    {
        var options = new RabbitMqOptions { Uri = _uri, Exchange = Name };
        change?.Invoke(options);
        Assert.Empty(options.Errors());
        return new RabbitMqSink("rabbit", options);
    }
}
