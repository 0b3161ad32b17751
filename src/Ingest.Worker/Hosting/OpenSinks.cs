using System.Collections.ObjectModel;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Hosting;

/// <summary>The configured sinks; what they hold open is let go of with the host's services.</summary>
internal sealed class OpenSinks(IList<ConfiguredSink> sinks) : ReadOnlyCollection<ConfiguredSink>(sinks), IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var configured in this)
        {
            if (configured.Sink is IAsyncDisposable slow) await slow.DisposeAsync();
            else (configured.Sink as IDisposable)?.Dispose();
        }
    }
}
