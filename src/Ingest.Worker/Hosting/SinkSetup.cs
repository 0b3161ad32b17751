using Ingest.Delivery;
using Ingest.Delivery.JsonLines;
using Ingest.Delivery.PostgresQueue;
using Ingest.Delivery.RabbitMq;
using Ingest.Delivery.Webhook;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Hosting;

/// <summary>Makes the sinks that are configured.</summary>
internal static class SinkSetup
{
    private const string DefaultFile = "jsonl";
    private const string DefaultQueue = "queue";

    public static IServiceCollection AddSinks(this IServiceCollection services) =>
        services.AddSingleton<IReadOnlyList<ConfiguredSink>>(provider => new OpenSinks([.. Create(provider)]));

    /// <summary>Gives every sink its place in the outbox; before the first job, so that a new sink misses nothing that this worker brings.</summary>
    public static async Task RegisterSinksAsync(this IServiceProvider services, CancellationToken stop)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var configured in services.GetRequiredService<IReadOnlyList<ConfiguredSink>>())
            await services.GetRequiredService<IOutboxStore>().RegisterAsync(configured.Sink.Name, configured.StartFrom, now, stop);
    }

    private static IEnumerable<ConfiguredSink> Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SinksOptions>>().Value;
        var clock = provider.GetRequiredService<TimeProvider>();
        var callTime = provider.GetRequiredService<IOptions<DeliveryOptions>>().Value.CallTime();
        var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!options.All().Any() && storage.Provider is StorageProvider.Postgres) options.PostgresQueue.Add(DefaultQueue, new PostgresQueueOptions());
        else if (!options.All().Any()) options.JsonLines.Add(DefaultFile, new JsonLinesOptions());
        foreach (var (name, file) in options.JsonLines)
        {
            var path = Path.GetFullPath(file.Path, Path.GetFullPath(storage.DataDir));
            yield return Configure(new JsonLinesSink(name, path, file, clock, provider.GetRequiredService<ILogger<JsonLinesSink>>()), path, file);
        }
        foreach (var (name, exchange) in options.RabbitMq)
        {
            var sink = new RabbitMqSink(name, exchange);
            yield return Configure(sink, sink.Target, exchange);
        }
        foreach (var (name, hook) in options.Webhook)
            yield return Configure(new WebhookSink(name, hook, clock, callTime), hook.Url!.GetLeftPart(UriPartial.Path), hook);
        foreach (var (name, queue) in options.PostgresQueue)
            yield return Configure(new PostgresQueueSink(name, provider.GetRequiredService<NpgsqlDataSource>()), "the database", queue);
    }

    private static ConfiguredSink Configure(ISink sink, string target, SinkOptions options) =>
        new(sink, target, new SinkFilter(options.Filter), SinkStart.TryParse(options.StartFrom, out var from) ? from : null);
}
