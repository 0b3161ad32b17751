namespace Ingest.Worker;

// Event ids: 600 the host, 700 the pages.
internal static partial class Log
{
    [LoggerMessage(600, LogLevel.Information, "The worker runs; pages at {Url}, articles in {File}")]
    public static partial void Started(ILogger logger, string? url, string file);

    [LoggerMessage(601, LogLevel.Warning, "Worker {Worker} has given no sign of life; what it held is due again")]
    public static partial void TakenOver(ILogger logger, string worker);

    [LoggerMessage(602, LogLevel.Warning, "No sign of life could be given: {Why}")]
    public static partial void NotBeaten(ILogger logger, string why);

    [LoggerMessage(603, LogLevel.Warning, "What this worker held could not be given back, and falls to the others in a while: {Why}")]
    public static partial void NotLeft(ILogger logger, string why);

    [LoggerMessage(604, LogLevel.Warning, "The subscriptions at hubs could not be looked after: {Why}")]
    public static partial void SubscriptionsNotKept(ILogger logger, string why);
}
