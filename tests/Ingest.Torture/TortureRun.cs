using System.Diagnostics;
using System.Globalization;
using Ingest.Torture.Faults;
using Ingest.Torture.Receivers;
using Ingest.Torture.Verdicts;

namespace Ingest.Torture;

/// <summary>One run: publish, break things, wait until everything is still, and look at what is there.</summary>
internal sealed class TortureRun(TortureOptions options, Action<string> say)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>For recoveries once all is still: what a dead worker held is free after 15 s, and nothing comes any more that could show the others.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly FaultLog _log = new();

    public async Task<Verdict> RunAsync(CancellationToken stop)
    {
        say($"seed {options.Seed}: {options.Duration} with {options.Workers} workers");
        await using var stage = await Stage.OpenAsync(options, stop);
        var settled = await WorkAsync(stage, stop);
        return await JudgeAsync(stage, settled, stop);
    }

    /// <summary>The run itself; no worker and no consumer outlives it.</summary>
    private async Task<TimeSpan?> WorkAsync(Stage stage, CancellationToken stop)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var all = Task.WhenAll(stage.Fleet.RunAsync(working.Token), stage.RabbitConsumer.RunAsync(working.Token), stage.QueueConsumers.RunAsync(working.Token));
        try
        {
            await stage.Fleet.AllUpAsync(stop);
            say($"{stage.Newsrooms.Feeds.Count} feeds, workers are up");
            var settled = await DisturbAsync(stage, stop);
            say(settled is { } after ? string.Create(CultureInfo.InvariantCulture, $"still after {after.TotalSeconds:0.0} s") : "it does not become still");
            return settled;
        }
        finally
        {
            await working.CancelAsync();
            await all;
        }
    }

    /// <summary>Publishes, carries the plan out and waits until everything is still; how long that took, if it is.</summary>
    private async Task<TimeSpan?> DisturbAsync(Stage stage, CancellationToken stop)
    {
        using var publishing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        publishing.CancelAfter(options.Duration);
        var recoveries = new List<Task>();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var published = stage.Newsrooms.PublishAsync(options.Rate, new Random(options.Seed), publishing.Token);
        await new FaultDriver([.. Faults(stage)], _log, say).RunAsync(FaultPlan.Make(options), recoveries, watching.Token, stop);
        await published;
        var settled = await SettleAsync(stage, stop);
        watching.CancelAfter(LastLook);
        await Task.WhenAll(recoveries);
        return settled;
    }

    private IEnumerable<Fault> Faults(Stage stage) =>
    [
        new WorkerKill(stage.Fleet, stage.Store), new WorkerFreeze(stage.Fleet), new DatabaseStop(stage.Postgres, stage.Store), .. options.Sinks.Select(sink => FaultOf(sink, stage)),
    ];

    private static Fault FaultOf(SinkKind sink, Stage stage) => sink switch
    {
        SinkKind.PostgresQueue => new ConsumerKill(stage.QueueConsumers),
        SinkKind.RabbitMq => new BrokerKill(stage.Rabbit, stage.RabbitConsumer.Ledger),
        SinkKind.Webhook => new WebhookStorm(stage.Webhook),
        _ => new DiskFull(stage.Disk),
    };

    /// <summary>How long it takes until everything published is everywhere; null when patience ends first.</summary>
    private async Task<TimeSpan?> SettleAsync(Stage stage, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < options.Patience)
        {
            if (await IsStillAsync(stage, stop)) return Stopwatch.GetElapsedTime(begun);
            await Task.Delay(Look, _clock, stop);
        }
        return null;
    }

    /// <summary>Everything is stored and handed on, and the sinks with a queue of their own have emptied it.</summary>
    private async Task<bool> IsStillAsync(Stage stage, CancellationToken stop)
    {
        var published = stage.Newsrooms.Published.Count;
        var progress = await stage.Store.ProgressAsync(stop);
        if (progress is not { Open: 0, SinksBehind: 0 } || progress.Ingested < published) return false;
        foreach (var sink in options.Sinks)
            if ((await stage.ReceivedAsync(sink, stop)).Receipts.Count < published) return false;
        return true;
    }

    private async Task<Verdict> JudgeAsync(Stage stage, TimeSpan? settled, CancellationToken stop)
    {
        var published = stage.Newsrooms.Published;
        var ledgers = new List<Ledger>();
        foreach (var sink in options.Sinks) ledgers.Add(await stage.ReceivedAsync(sink, stop));
        return new Verdict(
            options.Seed, published.Count, StoreResult.Of(await stage.Store.ArticlesAsync(stop), published), [.. ledgers.Select(ledger => SinkResult.Of(ledger, published))],
            _log.Counts, await stage.Store.LeftoversAsync(stop), [.. WorkerFaults(stage)], stage.Fleet.Slots.Max(slot => slot.SlowestStart), settled);
    }

    private static IEnumerable<string> WorkerFaults(Stage stage)
    {
        foreach (var slot in stage.Fleet.Slots)
        {
            foreach (var code in slot.OwnExits.Where(code => code != 4)) yield return $"worker {slot.Number} ended by itself with code {code}";
            if (slot.ShutdownTook is null) yield return $"worker {slot.Number} did not end when asked to";
        }
    }
}
