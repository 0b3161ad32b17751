using Ingest.Pipeline.Options;
using Ingest.Pipeline.WebSub;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Jobs;

/// <summary>Looks after the subscriptions at hubs, where there is an address under which they can reach us.</summary>
internal sealed class SubscriptionKeeper(KeepSubscriptions keep, IOptions<WebSubOptions> options, TimeProvider clock, ILogger<SubscriptionKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.CallbackUrl is null) return;
        using var tick = new PeriodicTimer(KeepSubscriptions.Interval, clock);
        do await KeepAsync(stoppingToken);
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        try
        {
            await keep.RunAsync(stop);
        }
#pragma warning disable CA1031 // A database that is away must not end it; the next tick tries again.
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.SubscriptionsNotKept(logger, error.Message);
        }
    }
}
