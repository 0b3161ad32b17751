using Ingest.Pipeline;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Jobs;

/// <summary>Runs one relay for each sink until shutdown.</summary>
internal sealed class Relays(IReadOnlyList<ConfiguredSink> sinks, IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(sinks.Select(sink => ActivatorUtilities.CreateInstance<DeliverOutbox>(services, sink).RunAsync(stoppingToken)));
}
