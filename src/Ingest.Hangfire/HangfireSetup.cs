using System.Data.Common;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Ingest.Pipeline;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Hangfire;

/// <summary>Registers Hangfire as the job engine.</summary>
public static class HangfireSetup
{
    private const string Schema = "hangfire";

    /// <param name="services">With the pipeline, and with PostgreSQL as <see cref="DbDataSource"/>.</param>
    public static IServiceCollection AddHangfireJobs(this IServiceCollection services)
    {
        // Ours first: Hangfire takes what is registered, and static instances otherwise.
        services.AddSingleton<JobStorage>(CreateStorage);
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IJobFilterProvider>(CreateFilters);
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseJobDetailsRenderer(0, TargetLink.Render));
        return services
            .AddHttpContextAccessor()
            .AddSingleton(provider => Queues.Of(provider.GetRequiredService<WorkerIdentity>()))
            .AddSingleton<OutcomeStates>()
            .AddSingleton<JobsInHand>()
            .AddSingleton<JobLifetime>()
            .AddSingleton<IJobQueue, HangfireJobQueue>()
            .AddSingleton<Recurrence>()
            .AddSingleton<Tidy>()
            .AddSingleton<TicksAtWork>()
            .AddTransient(provider => new Dispatcher(
                provider.GetRequiredService<JobLifetime>(), provider.GetRequiredService<JobsInHand>(), provider.GetRequiredService<OutcomeStates>(),
                provider.GetRequiredService<IBackgroundJobClient>()))
            .AddTransient(provider => new Ticks(
                provider.GetRequiredService<TicksAtWork>(), provider.GetRequiredService<JobLifetime>(), provider.GetRequiredService<DispatchFeeds>(),
                provider.GetRequiredService<Reconcile>(), provider.GetRequiredService<Retain>(), provider.GetRequiredService<Tidy>()))
            .AddHostedService<HangfireServers>();
    }

    private static PostgreSqlStorage CreateStorage(IServiceProvider provider)
    {
        // Its callback sets how jobs are written.
        provider.GetRequiredService<IGlobalConfiguration>();
        var source = provider.GetRequiredService<DbDataSource>();
        // Hangfire makes its tables here and does not expect that another worker does so at the same moment.
        using var connection = source.OpenConnection();
        using var alone = connection.BeginTransaction();
        using var wait = connection.CreateCommand();
        wait.CommandText = "SELECT pg_advisory_xact_lock(x'696E6765737410'::bigint)";
        wait.ExecuteNonQuery();
        return new PostgreSqlStorage(new DataSourceConnections(source), new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = true,
            // By then the database has answered already.
            StartupConnectionMaxRetries = 0,
            AllowDegradedModeWithoutStorage = false,
            // Default 15 s. Within one process an enqueued job is announced.
            QueuePollInterval = TimeSpan.FromSeconds(1),
            // Default 30 min and not sliding: whatever takes longer would run twice.
            InvisibilityTimeout = TimeSpan.FromMinutes(2),
            UseSlidingInvisibilityTimeout = true,
            // Default 10 min. A lock is a row that a killed worker leaves behind; meanwhile no tick is scheduled anywhere. None is held for longer than a second or two.
            DistributedLockTimeout = TimeSpan.FromSeconds(15),
            JobExpirationCheckInterval = TimeSpan.FromMinutes(5),
        });
    }

    // Not Hangfire's global ones: its AutomaticRetry would try again by a plan of its own.
    private static JobFilterProviderCollection CreateFilters(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<Dispatcher>>();
        return new JobFilterProviderCollection(new JobFilterCollection
        {
            new OutcomeFilter(provider.GetRequiredService<IOptions<ScheduleOptions>>().Value, provider.GetRequiredService<JobsInHand>(), (tick, error) => Log.TickBroke(logger, tick, error)),
            new TraceFilter(logger),
            ActivatorUtilities.CreateInstance<ByHandFilter>(provider),
            new StatisticsHistoryAttribute(),
        });
    }
}
