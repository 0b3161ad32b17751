using System.Globalization;
using System.Text;
using Ingest.Delivery.Webhook;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline.Ports;

namespace Ingest.IntegrationTests.Delivery;

public sealed class WebhookSinkTests : IAsyncLifetime
{
    private static readonly string Secret = $"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef01234567"))}";
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(15);

    private WebhookReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_whole_and_signed()
    {
        using var sink = Sink();
        Assert.Equal(1, (await DeliverAsync(sink, 1)).Settled);
        var hook = Assert.Single(_receiver.Received);
        Assert.Equal(("m1", "application/cloudevents+json"), (hook.Id, hook.ContentType));
        Assert.Equal(Encoding.UTF8.GetString(Messages.Number(1).Payload.Span), hook.Body);
        Assert.True(StandardWebhooks.Verifies(hook, Secret));
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(hook.Timestamp, CultureInfo.InvariantCulture));
        Assert.InRange(sent, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task While_a_secret_is_changed_both_sign()
    {
        var another = $"whsec_{Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 64)])}";
        using var sink = Sink(options => options.Secrets.Add(another));
        await DeliverAsync(sink, 1);
        var hook = _receiver.Received[0];
        Assert.Equal(2, hook.Signature.Split(' ').Length);
        Assert.True(StandardWebhooks.Verifies(hook, Secret) && StandardWebhooks.Verifies(hook, another));
        Assert.False(StandardWebhooks.Verifies(hook, $"whsec_{Convert.ToBase64String(new byte[32])}"));
    }

    [Fact]
    public async Task A_failing_message_keeps_those_behind_it_in_order()
    {
        _receiver.AnswerWith(204, 500);
        using var sink = Sink();
        var outcome = await DeliverAsync(sink, 1, 2, 3);
        Assert.Equal((1, "HTTP 500 Internal Server Error"), (outcome.Settled, outcome.Fault!.Why));
        Assert.Equal(2, (await DeliverAsync(sink, 2, 3)).Settled);
        Assert.Equal(["m1", "m2", "m2", "m3"], _receiver.Ids);
        Assert.All(_receiver.Received, hook => Assert.Equal(1, hook.Together));
    }

    [Fact]
    public async Task Out_of_order_so_many_are_in_flight_and_no_more()
    {
        var all = new TaskCompletionSource();
        _receiver.Answer = async (hook, response) =>
        {
            // The first three wait for each other.
            if (hook.Together == 3) all.TrySetResult();
            await all.Task;
            await WebhookReceiver.Status(response, 200);
        };
        using var sink = Sink(options => (options.Ordered, options.InFlight) = (false, 3));
        Assert.Equal(20, (await DeliverAsync(sink, [.. Enumerable.Range(1, 20)])).Settled);
        Assert.Equal(3, _receiver.Received.Max(hook => hook.Together));
        Assert.Equal(20, _receiver.Ids.Distinct().Count());
    }

    [Fact]
    public async Task Out_of_order_what_was_taken_beyond_a_failing_message_is_not_sent_again()
    {
        _receiver.Answer = (hook, response) => WebhookReceiver.Status(response, hook.Id == "m2" ? 500 : 200);
        using var sink = Sink(options => options.Ordered = false);
        Assert.Equal(1, (await DeliverAsync(sink, 1, 2, 3, 4)).Settled);
        _receiver.AnswerWith();
        var outcome = await DeliverAsync(sink, 2, 3, 4, 5);
        Assert.Equal((4, null), (outcome.Settled, outcome.Fault));
        Assert.Equal(["m1", "m2", "m2", "m3", "m4", "m5"], _receiver.Ids.Order());
    }

    [Fact]
    public async Task A_message_that_comes_out_of_turn_is_sent_to_find_out_how_the_receiver_is()
    {
        _receiver.Answer = (hook, response) => WebhookReceiver.Status(response, hook.Id == "m1" ? 500 : 200);
        using var sink = Sink(options => options.Ordered = false);
        Assert.Equal(0, (await DeliverAsync(sink, 1, 2)).Settled);
        _receiver.AnswerWith(503);
        Assert.NotNull((await DeliverAsync(sink, 2)).Fault);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_by_hand_is_sent_although_it_was_taken()
    {
        _receiver.Answer = (hook, response) => WebhookReceiver.Status(response, hook.Id == "m1" ? 500 : 200);
        using var sink = Sink(options => options.Ordered = false);
        await DeliverAsync(sink, 1, 2);
        _receiver.AnswerWith();
        await sink.DeliverAsync([.. Numbers(1, 2).Select(message => message with { IsReplay = true })], CancellationToken.None);
        Assert.Equal(2, _receiver.Ids.Count(id => id == "m2"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task A_message_that_the_receiver_judges_is_refused_and_the_others_go_on(int status)
    {
        _receiver.AnswerWith(204, status);
        using var sink = Sink();
        var outcome = await DeliverAsync(sink, 1, 2, 3);
        Assert.Equal((3, null), (outcome.Settled, outcome.Fault));
        var refusal = Assert.Single(outcome.Refused);
        Assert.Equal("m2", refusal.Message.MessageId);
        Assert.StartsWith($"HTTP {status} ", refusal.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_asks_never_to_be_called_again()
    {
        _receiver.AnswerWith(410);
        using var sink = Sink();
        var outcome = await DeliverAsync(sink, 1, 2);
        Assert.Equal((0, true), (outcome.Settled, outcome.Fault!.Pause));
        Assert.Single(_receiver.Received);
    }

    [Theory]
    [InlineData("seconds", 429, "120", 120)]
    [InlineData("a date", 503, "Sun, 01 Nov 2026 12:10:00 GMT", 600)]
    [InlineData("a gateway", 502, "7", 7)]
    [InlineData("any other fault", 500, "7", 7)]
    [InlineData("a mistake", 504, "99999999999", 24 * 60 * 60)]
    [InlineData("not readable", 429, "soon", null)]
    public async Task A_receiver_may_say_how_long_to_leave_it_alone(string reason, int status, string header, int? seconds)
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.RetryAfter = header;
            return WebhookReceiver.Status(response, status);
        };
        using var sink = new WebhookSink("hook", Options(), new StandingClock(Messages.Now), CallTime);
        var fault = (await DeliverAsync(sink, 1)).Fault!;
        Assert.True(fault.RetryAfter?.TotalSeconds == seconds, $"{reason}: {fault.RetryAfter}");
        Assert.False(fault.Pause);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(503)]
    public async Task Any_other_answer_is_no_delivery_and_a_redirect_is_not_followed(int status)
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.Location = "/elsewhere";
            return WebhookReceiver.Status(response, status);
        };
        using var sink = Sink(options => options.Ordered = false);
        var outcome = await DeliverAsync(sink, [.. Enumerable.Range(1, 50)]);
        Assert.Equal((0, false), (outcome.Settled, outcome.Fault!.Pause));
        Assert.Empty(outcome.Refused);
        // What ails the receiver ails all messages: only those in flight were tried.
        Assert.True(_receiver.Received.Count < 50);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_in_time()
    {
        _receiver.Answer = (_, response) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);
        using var sink = Sink(options => options.Timeout = TimeSpan.FromSeconds(0.3));
        var outcome = await DeliverAsync(sink, 1, 2);
        Assert.Equal((0, "no answer within 0.3 s"), (outcome.Settled, outcome.Fault!.Why));
    }

    [Fact]
    public async Task A_body_without_end_is_not_waited_for()
    {
        _receiver.Answer = async (_, response) =>
        {
            while (!response.HttpContext.RequestAborted.IsCancellationRequested) await response.Body.WriteAsync(new byte[100_000], response.HttpContext.RequestAborted);
        };
        using var sink = Sink();
        Assert.Equal(3, (await DeliverAsync(sink, 1, 2, 3)).Settled);
    }

    [Fact]
    public async Task A_slow_receiver_gets_what_fits_into_one_call_and_the_rest_in_the_next()
    {
        _receiver.Answer = async (_, response) => await Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System, response.HttpContext.RequestAborted);
        using var sink = new WebhookSink("hook", Options(), TimeProvider.System, callTime: TimeSpan.FromSeconds(2));
        var outcome = await DeliverAsync(sink, [.. Enumerable.Range(1, 100)]);
        Assert.InRange(outcome.Settled, 1, 20);
        Assert.Null(outcome.Fault);
        Assert.Equal(outcome.Settled, _receiver.Received.Count);
    }

    [Fact]
    public async Task What_is_settled_when_the_worker_stops_is_told()
    {
        using var stopping = new CancellationTokenSource();
        _receiver.Answer = async (hook, response) =>
        {
            if (hook.Id != "m2") return;
            await stopping.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);
        };
        using var sink = Sink();
        Assert.Equal(1, (await sink.DeliverAsync(Numbers(1, 2, 3), stopping.Token)).Settled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.DeliverAsync(Numbers(2, 3), stopping.Token));
    }

    [Fact]
    public async Task After_a_crash_a_message_comes_again_under_the_same_id()
    {
        using (var sink = Sink()) await DeliverAsync(sink, 1, 2);
        using (var sink = Sink()) await DeliverAsync(sink, 2, 3);
        Assert.Equal(["m1", "m2", "m2", "m3"], _receiver.Ids);
        Assert.Equal(_receiver.Received[1].Body, _receiver.Received[2].Body);
    }

    [Fact]
    public async Task A_private_address_is_refused_and_the_setting_that_opens_it_named()
    {
        using var sink = Sink(options => options.AllowedAddresses.Clear());
        var outcome = await DeliverAsync(sink, 1);
        Assert.Contains("Sinks:Webhook:hook:AllowedAddresses", outcome.Fault!.Why, StringComparison.Ordinal);
        Assert.Empty(_receiver.Received);
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_unavailable()
    {
        using var sink = Sink();
        await _receiver.DisposeAsync();
        Assert.Equal("Connection refused", (await DeliverAsync(sink, 1)).Fault!.Why);
    }

    private static Task<DeliveryOutcome> DeliverAsync(WebhookSink sink, params int[] numbers) => sink.DeliverAsync(Numbers(numbers), CancellationToken.None);

    private static IReadOnlyList<OutboxMessage> Numbers(params int[] numbers) => [.. numbers.Select(number => Messages.Number(number))];

    private WebhookSink Sink(Action<WebhookOptions>? change = null)
    {
        var options = Options();
        change?.Invoke(options);
        Assert.Empty(options.Errors());
        return new WebhookSink("hook", options, TimeProvider.System, CallTime);
    }

    private WebhookOptions Options() => new() { Url = _receiver.Url, Secrets = { Secret }, AllowedAddresses = { _receiver.Url.Authority } };
}
