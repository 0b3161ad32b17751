using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Quartz;

namespace Ingest.Worker.Jobs;

/// <summary>
/// Quartz as the job engine. Each worker keeps its reminders in memory: the database knows what is due and who has it in hand, and stored reminders would only be a
/// second copy that is written three times a job. What must run once for all workers is kept by a second scheduler over the database that they share.
/// </summary>
internal static class QuartzJobs
{
    /// <summary>Beside the jobs' own slots, so that busy jobs never hold up the ticks that find work.</summary>
    private const int TickSlots = 2;

    private const string Cluster = "cluster";

    /// <param name="clustered">Whether the database is a server, which several workers can share.</param>
    public static IServiceCollection AddQuartzJobs(this IServiceCollection services, ScheduleOptions options, bool clustered)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            // Reminders are announced; this is only how soon a missed announcement is noticed. Default 30 s.
            quartz.ConfigureScheduler(scheduler => scheduler.IdleWaitTime = TimeSpan.FromSeconds(1));
            quartz.UseDefaultThreadPool(options.Concurrency + TickSlots);
            quartz.ScheduleJob<DispatchTick>(trigger => Every(trigger, options.Tick));
            quartz.ScheduleJob<ReconcileTick>(trigger => Every(trigger, options.Tick));
            if (!clustered) ScheduleUpkeep(quartz);
        });
        if (clustered) services.AddQuartz(Cluster, KeepInDatabase);
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services.AddSingleton<IJobQueue, QuartzJobQueue>().AddSingleton<JobsInHand>().AddSingleton<JobLifetime>();
    }

    private static void KeepInDatabase(IQuartzBuilder quartz)
    {
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(server => server.UseRegisteredDataSource = true);
            store.UseSystemTextJsonSerializer();
            store.UseClustering();
            store.ProvisionSchema();
            store.ConfigureStore(options => (options.StoreJobDataAsStrings, options.UseBackgroundThreads) = (true, true));
        });
        quartz.UseDefaultThreadPool(1);
        // A start goes on with the schedule that is there, and does not begin it anew.
        quartz.ConfigureOptions<QuartzOptions>(declared => declared.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        ScheduleUpkeep(quartz);
    }

    private static void ScheduleUpkeep(IQuartzBuilder quartz) =>
        quartz.ScheduleJob<RetainTick>(trigger => Every(trigger.WithIdentity("retain"), Retain.Interval));

    private static void Every<T>(ITriggerConfigurator<T> trigger, TimeSpan interval) where T : IJob =>
        trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());
}

internal sealed class QuartzJobQueue(ISchedulerFactory schedulers, JobsInHand inHand) : IJobQueue
{
    public async Task EnqueueAsync(IReadOnlyCollection<NamedJob> jobs, CancellationToken stop)
    {
        var scheduler = await schedulers.GetScheduler(stop);
        foreach (var (job, _) in jobs)
        {
            // What waits or runs here already looks again at its end.
            if (inHand.Again(job)) continue;
            // Before it is scheduled: it may have ended by the time that returns.
            inHand.Begin(job);
            var once = new OneOffJobOptions { Name = job.Target, Group = job.Kind.ToString(), OnConflict = TriggerConflict.Keep };
            if (job.Kind is JobKind.RefreshFeed) await scheduler.ScheduleJob<RefreshFeedJob, string>(job.Target, TimeSpan.Zero, once, stop);
            else await scheduler.ScheduleJob<IngestArticleJob, string>(job.Target, TimeSpan.Zero, once, stop);
        }
    }

    /// <summary>What failed stands in the failure list, and is due when that says so.</summary>
    public Task NoteFailureAsync(NamedJob job, JobOutcome.Failed failure, CancellationToken stop) => Task.CompletedTask;

    public int RoomFor(JobKind kind) => inHand.RoomFor(kind);

    public Task WaitForRoomAsync(JobKind kind, CancellationToken stop) => inHand.WaitForRoomAsync(() => inHand.RoomFor(kind), stop);

    public static async ValueTask RunAsync(Job job, JobLifetime lifetime, JobsInHand inHand)
    {
        while (true)
        {
            var again = false;
            try
            {
                await lifetime.RunAsync(job);
            }
            finally
            {
                again = inHand.End(job);
            }
            if (!again || !await lifetime.IsHeldAsync(job, CancellationToken.None)) return;
            inHand.Begin(job);
        }
    }
}

/// <summary>Finds due feeds.</summary>
[DisallowConcurrentExecution]
internal sealed class DispatchTick(DispatchFeeds dispatch, JobLifetime lifetime) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(lifetime.RunAsync(dispatch.RunAsync));
}

/// <summary>Takes away what has been kept long enough.</summary>
[DisallowConcurrentExecution]
internal sealed class RetainTick(Retain retain, JobLifetime lifetime) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(lifetime.RunAsync(retain.RunAsync));
}

/// <summary>Finds due articles.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconcileTick(Reconcile reconcile, JobLifetime lifetime) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(lifetime.RunAsync(reconcile.RunAsync));
}

// Not DisallowConcurrentExecution: one-off jobs of a type share their key, and would run one by one.
internal sealed class RefreshFeedJob(JobLifetime lifetime, JobsInHand inHand) : IJob<string>
{
    public ValueTask Execute(IJobExecutionContext context, string input, CancellationToken cancellationToken) =>
        QuartzJobQueue.RunAsync(new Job(JobKind.RefreshFeed, input), lifetime, inHand);
}

internal sealed class IngestArticleJob(JobLifetime lifetime, JobsInHand inHand) : IJob<string>
{
    public ValueTask Execute(IJobExecutionContext context, string input, CancellationToken cancellationToken) =>
        QuartzJobQueue.RunAsync(new Job(JobKind.IngestArticle, input), lifetime, inHand);
}
