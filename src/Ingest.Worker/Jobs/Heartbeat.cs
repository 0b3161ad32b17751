using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;

namespace Ingest.Worker.Jobs;

/// <summary>
/// This worker's signs of life. It is started before and stopped after everything that takes leases, and at the end gives back what is left of them: jobs that had
/// been claimed and not begun.
/// </summary>
internal sealed class Heartbeat(IWorkerRegistry registry, HostThrottle hosts, TimeProvider clock, ILogger<Heartbeat> logger) : BackgroundService
{
    /// <summary>For the last statement; the host's own patience may be used up by then.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        hosts.Hear(await registry.EnterAsync(cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(WorkerLife.Beat, clock);
        while (await beat.WaitForNextTickAsync(stoppingToken)) await BeatAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = new CancellationTokenSource(LeaveTime, clock);
        try
        {
            await registry.LeaveAsync(patience.Token);
        }
#pragma warning disable CA1031 // The end must not fail for want of a database: the others notice, and take over.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.NotLeft(logger, error.Message);
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        try
        {
            var pulse = await registry.BeatAsync(stop);
            hosts.Hear(pulse);
            foreach (var dead in pulse.Dead) Log.TakenOver(logger, dead);
        }
#pragma warning disable CA1031 // A database that is away must not end it; the next beat tries again.
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotBeaten(logger, error.Message);
        }
    }
}
