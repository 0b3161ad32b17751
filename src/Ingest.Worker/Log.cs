namespace Ingest.Worker;

// Event ids: 600 the host, 700 the pages.
internal static partial class Log
{
    [LoggerMessage(600, LogLevel.Information, "The worker runs; pages at {Url}, articles in {File}")]
    public static partial void Started(ILogger logger, string? url, string file);
}
