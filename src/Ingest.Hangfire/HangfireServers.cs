using Hangfire;
using Hangfire.Common;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Hangfire;

/// <summary>This worker's Hangfire servers: one for each kind of job and one for ticks and upkeep, so that none starves behind another's.</summary>
internal sealed class HangfireServers(
    JobStorage storage, JobActivator activator, IJobFilterProvider filters, Queues mine, Recurrence recurrence, IHostApplicationLifetime host, IOptions<ScheduleOptions> options)
    : IHostedService, IDisposable
{
    /// <summary>Both ticks may last; retention and tidying have one between them.</summary>
    private const int UpkeepSlots = 4;

    private readonly List<BackgroundJobServer> _servers = [];
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var slots = options.Value.Concurrency;
        // Hangfire's schedulers and the storage's own upkeep run once, beside our upkeep; the others only work.
        _servers.Add(Start("refresh", slots, isLightweight: true, mine.Own(JobKind.RefreshFeed), Queues.Shared(JobKind.RefreshFeed)));
        _servers.Add(Start("ingest", slots, isLightweight: true, mine.Own(JobKind.IngestArticle), Queues.Shared(JobKind.IngestArticle)));
        recurrence.Begin();
        _servers.Add(Start(Queues.Upkeep, UpkeepSlots, isLightweight: false, mine.Ticks, Queues.Upkeep));
        // As soon as the host is told to stop: whoever fetched a job after that would only give it back.
        _stopping = host.ApplicationStopping.Register(() => _servers.ForEach(server => server.SendStop()));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var server in _servers) server.SendStop();
        await Task.WhenAll(_servers.Select(server => server.WaitForShutdownAsync(cancellationToken)));
        recurrence.End();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        foreach (var server in _servers) server.Dispose();
    }

    private BackgroundJobServer Start(string name, int slots, bool isLightweight, params string[] queues) => new(
        new BackgroundJobServerOptions
        {
            ServerName = mine.Server(name),
            Queues = queues,
            WorkerCount = slots,
            IsLightweightServer = isLightweight,
            Activator = activator,
            FilterProvider = filters,
            SchedulePollingInterval = TimeSpan.FromSeconds(1),
            // A dead worker's servers leave the page a minute after it.
            HeartbeatInterval = TimeSpan.FromSeconds(10),
            ServerCheckInterval = TimeSpan.FromSeconds(15),
            ServerTimeout = TimeSpan.FromMinutes(1),
            // Jobs end by themselves with the host: see JobLifetime.
            StopTimeout = TimeSpan.FromSeconds(3),
            ShutdownTimeout = TimeSpan.FromSeconds(4),
        }, storage);
}
