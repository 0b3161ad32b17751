using Ingest.Core.Articles.SiteRules;
using Ingest.Pipeline.Options;
using Ingest.Pipeline.Ports;
using Ingest.Storage;
using Ingest.Worker.Access;
using Ingest.Worker.Api;
using Ingest.Worker.Cli;
using Ingest.Worker.Dashboard;
using Ingest.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Hosting;

/// <summary>The long-running process: data folder, database, engine, relays and pages, from start to graceful stop.</summary>
internal static class WorkerHost
{
    /// <summary>SIGTERM to end. A container's runtime kills after 10 s by default.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(RunRequest request, CancellationToken stop)
    {
        var configuration = new ConfigurationManager();
        request.Settings.AddTo(configuration);
        var dataDir = configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataDir)}"] ?? new StorageOptions().DataDir;
        using var folder = DataFolder.Hold(dataDir);
        await using var demo = request.Demo ? await Demo.StartAsync(dataDir, publishing: !request.Once, stop) : null;
        var settings = demo is null ? request.Settings : request.Settings with { Overrides = [.. demo.Settings(configuration), .. request.Settings.Overrides] };
        await using var app = Build(settings, request);
        OptionsSetup.Validate(app.Services, app.Configuration);
        // Read now, so that a mistake in a rule stops the start and not an article.
        app.Services.GetRequiredService<SiteRuleSet>();
        app.Urls.Add(app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value.Url);
        await app.Services.PrepareSchemaAsync(stop);
        app.MapJobEngine(app.Services.GetRequiredService<IOptions<ScheduleOptions>>().Value, app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider);
        app.MapHubEndpoint();
        await app.Services.RegisterSinksAsync(stop);
        if (demo is not null) await demo.SubscribeAsync(app.Services.GetRequiredService<ICatalog>(), app.Services.GetRequiredService<TimeProvider>(), stop);
        return await RunAsync(app, request, stop);
    }

    private static async Task<int> RunAsync(WebApplication app, RunRequest request, CancellationToken stop)
    {
        var view = ActivatorUtilities.CreateInstance<LiveView>(app.Services);
        var pass = request.Once ? await OncePass.BeginAsync(app.Services, stop) : null;
        await StartAsync(app, stop);
        view.Announce(app.Urls.FirstOrDefault());
        // Ctrl+C and SIGTERM reach both the command line's token and the host; whichever comes first ends the view, then the host.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping);
        var showing = request.Demo || request.Once ? view.ShowAsync(ending.Token) : Task.CompletedTask;
        if (pass is not null) await pass.WaitAsync(ending.Token);
        else await WaitAsync(ending.Token);
        await ending.CancelAsync();
        await showing;
        await app.StopAsync(CancellationToken.None);
        if (pass is null) return ExitCodes.Done;
        return view.Summarize(await pass.ResultAsync());
    }

    /// <summary>What has started when the next thing cannot (the port is taken) is stopped before its database goes: it would complain on the way.</summary>
    private static async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static async Task WaitAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    private static WebApplication Build(Settings settings, RunRequest request)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        settings.AddTo(builder.Configuration);
        builder.Logging.AddIngestLogging(builder.Configuration, settings, LogTargetOf(request));
        builder.Services.AddIngest(builder.Configuration).AddSignIn().AddKeysInDatabase().AddDashboard().AddSingleton<MetricsText>().AddHubEndpoint();
        // The engine needs its settings before the services exist; a bad value is reported by Validate later.
        // In this order: what is started first is stopped last.
        builder.Services.AddHostedService<Heartbeat>().AddJobEngine(Read<ScheduleOptions>(builder.Configuration, ScheduleOptions.Section), Read<StorageOptions>(builder.Configuration, StorageOptions.Section).Provider).AddHostedService<Relays>().AddHostedService<SubscriptionKeeper>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        var app = builder.Build();
        app.UseSignIn();
        app.MapGet(RunCommand.HealthPath, HealthAsync).AllowAnonymous();
        // Whether the process answers at all: what starts it anew when it does not must not do so because the database is away.
        app.MapGet(RunCommand.LivePath, () => Results.Ok(new { status = "alive" })).AllowAnonymous();
        // Made now, so that it counts from the start.
        app.MapGet(MetricsText.Path, app.Services.GetRequiredService<MetricsText>().ServeAsync);
        app.MapApi();
        app.MapDashboard();
        return app;
    }

    private static LogTarget LogTargetOf(RunRequest request) => request switch
    {
        { Demo: false, Once: false } => LogTarget.Console,
        _ when request.Settings.Verbose => LogTarget.Console,
        _ => LogTarget.File,
    };

    private static T Read<T>(ConfigurationManager configuration, string section) where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException)
        {
            return new T();
        }
    }

    /// <summary>
    /// Well when the database answers. It is asked every few seconds: an answer that takes longer is none. Who has not signed in learns no more than that: neither
    /// numbers nor the machines' names.
    /// </summary>
    private static async Task<IResult> HealthAsync(HttpContext http, ICatalog catalog, IWorkerRegistry registry, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(HealthPatience);
        try
        {
            var totals = await catalog.CountAsync(patience.Token);
            var workers = (await registry.ListAsync(patience.Token)).Select(worker => new { worker.Name, worker.Version, worker.StartedAt, worker.SeenAt, worker.Silent });
            if (http.User.Identity?.IsAuthenticated != true) return Results.Ok(new { status = "healthy" });
            return Results.Ok(new { status = "healthy", totals.Feeds, totals.Articles, totals.Pending, totals.Failures, workers });
        }
        catch (Exception error) when (StorageFault.Explain(error) is not null || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Results.Json(new { status = "unhealthy", why = "the database does not answer; work goes on when it is back" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
