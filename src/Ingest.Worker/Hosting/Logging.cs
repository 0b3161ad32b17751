using System.Globalization;
using Ingest.Storage;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace Ingest.Worker.Hosting;

/// <summary>Serilog: readable lines on a console, JSON lines in a container, a file where a live view has the terminal. Section <c>Serilog</c>.</summary>
internal static class Logging
{
    public const string Section = "Serilog";

    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddIngestLogging(this ILoggingBuilder logging, IConfiguration configuration, Settings settings, LogTarget target)
    {
        logging.ClearProviders();
        var serilog = new LoggerConfiguration()
            .MinimumLevel.Is(settings.Verbose ? LogEventLevel.Debug : target is LogTarget.CommandLine ? LogEventLevel.Warning : LogEventLevel.Information)
            // The frameworks' own chatter; their warnings stay.
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
            // That the keys of sessions are not encrypted in the database is meant: see KeysInDatabase.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // A failed start is told once, in one line, by the command line; what stops a running host is logged as Fatal.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .Enrich.FromLogContext()
            .ReadFrom.Configuration(configuration);
        // Sinks from the configuration stand in place of ours.
        if (!configuration.GetSection($"{Section}:WriteTo").Exists()) AddDefaultSink(serilog, configuration, target);
        logging.AddProvider(new SerilogLoggerProvider(serilog.CreateLogger(), dispose: true));
    }

    private static void AddDefaultSink(LoggerConfiguration serilog, IConfiguration configuration, LogTarget target)
    {
        if (target is LogTarget.File)
        {
            var folder = configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataDir)}"] ?? new StorageOptions().DataDir;
            serilog.WriteTo.File(
                Path.Combine(folder, "logs", "ingest-.log"), outputTemplate: Line, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 7,
                formatProvider: CultureInfo.InvariantCulture);
        }
        else if (InContainer) serilog.WriteTo.Console(new JsonFormatter(renderMessage: true));
        else serilog.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose);
    }

    public static bool InContainer => Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is "true" or "1";
}

/// <summary>Who reads the log.</summary>
internal enum LogTarget
{
    /// <summary>A worker's console or container.</summary>
    Console,

    /// <summary>A file in the data folder: a live view has the terminal.</summary>
    File,

    /// <summary>Somebody who ran one command: warnings only.</summary>
    CommandLine,
}
