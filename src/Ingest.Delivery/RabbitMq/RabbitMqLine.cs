using System.Net.Sockets;
using RabbitMQ.Client;

namespace Ingest.Delivery.RabbitMq;

/// <summary>An open connection with one channel on which every message is confirmed, and the exchange at its other end.</summary>
internal sealed class RabbitMqLine : IAsyncDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);

    // Without the client's own limit, which delays and so reorders: the relay's batch is the limit.
    private static readonly CreateChannelOptions Confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    private Socket? _socket;
    private IConnection? _connection;
    private IChannel? _channel;

    private RabbitMqLine() { }

    public bool IsOpen => _channel!.IsOpen;

    /// <summary>Connects, and makes the exchange and the queue where they are missing.</summary>
    public static async Task<RabbitMqLine> OpenAsync(string name, RabbitMqOptions options, CancellationToken stop)
    {
        var line = new RabbitMqLine();
        try
        {
            await line.ConnectAsync(name, options, stop);
            await line.DeclareAsync(options, stop);
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Ends when the broker has the message. Calls go out in their order. Not cancelled one by one: a channel on which a publication was cancelled counts
    /// its confirms wrongly.
    /// </summary>
    public Task PublishAsync(string exchange, string routingKey, bool mandatory, BasicProperties properties, ReadOnlyMemory<byte> body) =>
        _channel!.BasicPublishAsync(exchange, routingKey, mandatory, properties, body, CancellationToken.None).AsTask();

    /// <summary>Says good-bye where the broker still listens; what is not confirmed by then fails.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.AbortAsync().WaitAsync(ClosingTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket?.Dispose();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task ConnectAsync(string name, RabbitMqOptions options, CancellationToken stop)
    {
        var factory = RabbitMqAddress.TryRead(options.Uri!)!;
        // The client leaves the socket of an attempt that was cancelled open, and waits for it first.
        await using var cut = stop.UnsafeRegister(_ => _socket?.Dispose(), null);
        factory.SocketFactory = family => new TcpClientAdapter(_socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        _connection = await factory.CreateConnectionAsync($"ingest {name}", stop);
        _channel = await _connection.CreateChannelAsync(Confirmed, stop);
    }

    private async Task DeclareAsync(RabbitMqOptions options, CancellationToken stop)
    {
        await _channel!.ExchangeDeclareAsync(options.Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: stop);
        if (options.Queue is not { Length: > 0 } queue) return;
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await _channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: stop);
        foreach (var key in options.BindingKeys.DefaultIfEmpty("#")) await _channel.QueueBindAsync(queue, options.Exchange, key, cancellationToken: stop);
    }
}
