using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Microsoft.Extensions.Options;

namespace Ingest.Hangfire;

/// <summary>The recurring jobs in Hangfire's storage: two for each worker, in its own queue, and two for all.</summary>
internal sealed class Recurrence(IRecurringJobManager manager, JobStorage storage, Queues mine, IOptions<ScheduleOptions> options)
{
    private const string Dispatch = "dispatch";
    private const string Reconcile = "reconcile";
    private const string EveryMinute = "* * * * *";

    // Hangfire's default would make up for what was missed while nobody ran; a tick looks at everything anyway.
    private static readonly RecurringJobOptions NoCatchingUp = new() { MisfireHandling = MisfireHandlingMode.Ignorable };

    public void Begin()
    {
        Add(NameOf(Dispatch, mine.Worker), nameof(Ticks.DispatchAsync), mine.Ticks, Every(options.Value.Tick));
        Add(NameOf(Reconcile, mine.Worker), nameof(Ticks.ReconcileAsync), mine.Ticks, Every(options.Value.Tick));
        Add("retain", nameof(Ticks.RetainAsync), Queues.Upkeep, Every(Retain.Interval));
        Add("tidy", nameof(Ticks.TidyAsync), Queues.Upkeep, EveryMinute);
    }

    public void End() => Remove(mine.Worker);

    public void Remove(string worker)
    {
        manager.RemoveIfExists(NameOf(Dispatch, worker));
        manager.RemoveIfExists(NameOf(Reconcile, worker));
    }

    /// <summary>The workers that have recurring jobs.</summary>
    public IReadOnlyList<string> Workers()
    {
        using var connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().Select(job => job.Id.Split(':', 2)).Where(parts => parts is [Dispatch or Reconcile, _]).Select(parts => parts[1]).Distinct()];
    }

    private void Add(string id, string method, string queue, string cron) =>
        manager.AddOrUpdate(id, new Job(typeof(Ticks), typeof(Ticks).GetMethod(method)!, [], queue), cron, NoCatchingUp);

    /// <summary>A cron expression with seconds, from a second to an hour.</summary>
    internal static string Every(TimeSpan time) => time.TotalSeconds switch
    {
        < 2 => "* * * * * *",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"*/{(int)time.TotalSeconds} * * * * *"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"0 */{(int)time.TotalMinutes} * * * *"),
        _ => "0 0 * * * *",
    };

    private static string NameOf(string tick, string worker) => $"{tick}:{worker}";
}
