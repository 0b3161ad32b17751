using Ingest.Pipeline.Options;
using Ingest.Storage;
#if HANGFIRE
using Ingest.Hangfire;
#endif

namespace Ingest.Worker.Jobs;

/// <summary>Which engine reminds this worker of its jobs. The one place that knows whether this build has Hangfire.</summary>
internal static class JobEngines
{
#if HANGFIRE
    private const bool HasHangfire = true;

    private static IServiceCollection AddHangfire(IServiceCollection services) => services.AddHangfireJobs().AddSingleton(new EnginePages(HangfirePages.Path));

    private static void MapHangfire(WebApplication app) => app.MapHangfirePages();
#else
    private const bool HasHangfire = false;

    private static IServiceCollection AddHangfire(IServiceCollection services) => services;

    private static void MapHangfire(WebApplication app)
    {
    }
#endif

    /// <summary>Why the engine that is asked for cannot run; null when it can.</summary>
    public static string? Refusal(JobEngine engine, StorageProvider provider) => engine is not JobEngine.Hangfire ? null
        : !HasHangfire ? "this program was built without Hangfire; build it with -p:JobEngine=Hangfire, or set Schedule:Engine=quartz"
        : provider is not StorageProvider.Postgres ? "Hangfire keeps its jobs in PostgreSQL; set Storage:Provider=postgres, or Schedule:Engine=quartz"
        : null;

    /// <param name="provider">The database, which decides what the engines can do. What is refused is refused later, with all other errors.</param>
    public static IServiceCollection AddJobEngine(this IServiceCollection services, ScheduleOptions options, StorageProvider provider) =>
        RunsHangfire(options.Engine, provider) ? AddHangfire(services) : services.AddQuartzJobs(options, clustered: provider is StorageProvider.Postgres);

    /// <summary>Adds the engine's own pages, for which its storage must be there.</summary>
    public static void MapJobEngine(this WebApplication app, ScheduleOptions options, StorageProvider provider)
    {
        if (RunsHangfire(options.Engine, provider)) MapHangfire(app);
    }

    private static bool RunsHangfire(JobEngine engine, StorageProvider provider) => engine is JobEngine.Hangfire && Refusal(engine, provider) is null;
}

/// <summary>Where the engine's own pages are; null when it has none.</summary>
internal sealed record EnginePages(string? Path);
