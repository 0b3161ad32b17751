using System.Threading.Channels;

namespace Ingest.Pipeline;

/// <summary>Tells the relays of this process that the outbox has grown. Only a hint: they look by themselves too.</summary>
public sealed class OutboxSignal
{
    private readonly List<Channel<bool>> _listeners = [];

    /// <summary>One relay's ear. Raised any number of times, it wakes once.</summary>
    public ChannelReader<bool> Listen()
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_listeners) _listeners.Add(channel);
        return channel.Reader;
    }

    public void Raise()
    {
        lock (_listeners)
            foreach (var listener in _listeners) listener.Writer.TryWrite(true);
    }
}
