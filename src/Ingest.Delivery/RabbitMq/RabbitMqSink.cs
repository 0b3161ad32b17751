using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Ingest.Pipeline.Ports;
using RabbitMQ.Client.Exceptions;

namespace Ingest.Delivery.RabbitMq;

/// <summary>
/// Publishes to a topic exchange, each message confirmed by the broker. At least once: what was not confirmed comes again, with the same message id. The
/// connection is opened when the first batch comes, and anew after any fault.
/// </summary>
public sealed class RabbitMqSink : ISink, IAsyncDisposable
{
    /// <summary>For opening a connection; a broker that is slower is taken to be away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string NoAnswer = string.Create(CultureInfo.InvariantCulture, $"the broker does not answer within {Patience.TotalSeconds} s");

    private readonly RabbitMqOptions _options;
    private RabbitMqLine? _line;

    /// <param name="options">Checked: without <see cref="RabbitMqOptions.Errors"/>.</param>
    public RabbitMqSink(string name, RabbitMqOptions options) => (Name, _options, Target) = (name, options, RabbitMqAddress.Target(options));

    public string Name { get; }

    /// <summary>Broker, virtual host and exchange; without the password.</summary>
    public string Target { get; }

    public async Task<DeliveryOutcome> DeliverAsync(IReadOnlyList<OutboxMessage> batch, CancellationToken stop)
    {
        if (await OpenAsync(stop) is { } fault) return new DeliveryOutcome(0, [], fault);
        var confirms = batch.Select(PublishAsync).ToList();
        await Task.WhenAll(confirms).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var outcome = OutcomeOf(batch, confirms);
        if (outcome.Settled < batch.Count) await CloseAsync();
        if (outcome is { Settled: 0, Fault: null }) stop.ThrowIfCancellationRequested();
        return outcome;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>Null when the connection is open.</summary>
    private async Task<SinkFault?> OpenAsync(CancellationToken stop)
    {
        if (_line is { IsOpen: true }) return null;
        await CloseAsync();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        try
        {
            _line = await RabbitMqLine.OpenAsync(Name, _options, deadline.Token);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new SinkFault(NoAnswer);
        }
        catch (Exception error) when (error is IOException or RabbitMQClientException or SocketException or TimeoutException or AuthenticationException)
        {
            stop.ThrowIfCancellationRequested();
            return new SinkFault(deadline.IsCancellationRequested ? NoAnswer : WhyOf(error));
        }
    }

    private async Task CloseAsync()
    {
        if (_line is not { } line) return;
        _line = null;
        await line.DisposeAsync();
    }

    private Task PublishAsync(OutboxMessage message) => _line!.PublishAsync(
        _options.Exchange, RabbitMqMessage.RoutingKeyOf(message), _options.Unroutable is UnroutablePolicy.Refuse, RabbitMqMessage.PropertiesOf(message), message.Payload);

    private static DeliveryOutcome OutcomeOf(IReadOnlyList<OutboxMessage> batch, List<Task> confirms)
    {
        var settled = 0;
        var refused = new List<Refusal>();
        for (; settled < batch.Count; settled++)
        {
            var confirm = confirms[settled];
            if (confirm.Exception?.InnerException is PublishException { IsReturn: true })
                refused.Add(new Refusal(batch[settled], $"no queue is bound for {RabbitMqMessage.RoutingKeyOf(batch[settled])}"));
            else if (!confirm.IsCompletedSuccessfully)
                return new DeliveryOutcome(settled, refused, confirm.Exception?.InnerException is { } error ? new SinkFault(WhyOf(error)) : null);
        }
        return new DeliveryOutcome(settled, refused, null);
    }

    private static string WhyOf(Exception error) => error switch
    {
        PublishException => "the broker did not take a message (nack)",
        OperationInterruptedException { ShutdownReason: { } reason } => $"the broker ended the connection: {reason.ReplyText}",
        BrokerUnreachableException or ConnectFailureException or AggregateException when error.InnerException is { } inner => WhyOf(inner),
        _ => error.Message,
    };
}
