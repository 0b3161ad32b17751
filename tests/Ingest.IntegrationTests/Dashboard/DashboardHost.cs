using System.Net;
using Ingest.IntegrationTests.Harness;
using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Access;
using Ingest.Worker.Api;
using Ingest.Worker.Dashboard;
using Ingest.Worker.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.IntegrationTests.Dashboard;

/// <summary>The pages on a real Kestrel at a free port, over fakes and a clock that stands still.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, FakeNews news, LogLines log, StandingClock clock) => (_app, News, Log, Clock) = (app, news, log, clock);

    public FakeNews News { get; }

    public LogLines Log { get; }

    public StandingClock Clock { get; }

    public string Address => _app.Urls.Single();

    public static async Task<DashboardHost> StartAsync(FakeNews news, CancellationToken stop, DashboardOptions? options = null)
    {
        var log = new LogLines();
        var clock = new StandingClock(FakeNews.Now);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(Options.Create(options ?? new DashboardOptions()));
        builder.Services.AddSingleton<ICatalog>(news).AddSingleton<IFailureStore>(news).AddSingleton<IAuditTrail>(news).AddSingleton<IDeliveryDesk>(new FakeDesk(news)).AddSingleton<IWorkerRegistry>(new FakeWorkers(news));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton<Metrics>().AddSingleton<Progress>().AddSignIn().AddDashboard();
        var app = builder.Build();
        app.UseSignIn();
        app.MapApi();
        app.MapDashboard();
        await app.StartAsync(stop);
        return new DashboardHost(app, news, log, clock);
    }

    /// <summary>A client with a cookie jar that shows redirects instead of following them.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address) };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Keeps what is logged at Information and above.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (_lines) _lines.Add(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
