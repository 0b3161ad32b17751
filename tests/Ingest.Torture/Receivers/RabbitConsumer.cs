using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ingest.Torture.Receivers;

/// <summary>The other end of RabbitMQ: a durable quorum queue that takes every article, and a consumer that connects again whenever the node is back.</summary>
internal sealed class RabbitConsumer(string uri)
{
    private const string Exchange = "ingest.articles";
    private const string Queue = "torture";
    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(200);

    private readonly ConnectionFactory _factory = new() { Uri = new Uri(uri), AutomaticRecoveryEnabled = false };
    private readonly TimeProvider _clock = TimeProvider.System;

    public Ledger Ledger { get; } = new("rabbitmq");

    /// <summary>Makes exchange and queue, so that nothing is published to nobody.</summary>
    public async Task DeclareAsync(CancellationToken stop)
    {
        await using var connection = await _factory.CreateConnectionAsync(stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: stop);
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: stop);
        await channel.QueueBindAsync(Queue, Exchange, "#", cancellationToken: stop);
    }

    /// <summary>Consumes until the token.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(stop);
            }
#pragma warning disable CA1031 // The node is killed again and again: whatever the client makes of it, the answer is to connect anew.
            catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Reconnect, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(CancellationToken stop)
    {
        await using var connection = await _factory.CreateConnectionAsync(stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) => Task.FromResult(broken.TrySetResult());
        channel.ChannelShutdownAsync += (_, _) => Task.FromResult(broken.TrySetResult());
        await channel.BasicQosAsync(0, 50, global: false, stop);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            Ledger.Note(message.Body);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, stop);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, stop);
        await broken.Task.WaitAsync(stop);
    }
}
