using Microsoft.Extensions.Logging;

namespace Ingest.Hangfire;

// Event ids: 950.
internal static partial class Log
{
    [LoggerMessage(950, LogLevel.Error, "{Tick} broke off; the next one tries again")]
    public static partial void TickBroke(ILogger logger, string tick, Exception error);
}
