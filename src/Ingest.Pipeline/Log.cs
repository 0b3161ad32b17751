using Ingest.Pipeline.Ports;
using Microsoft.Extensions.Logging;

namespace Ingest.Pipeline;

// Event ids: 100 polls, 200 articles, 300 delivery, 900 jobs.
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Polled feed {FeedId} {Url}: {Entries} entries, {New} new, {Ingested} ingested")]
    public static partial void Polled(ILogger logger, long feedId, string url, int entries, int @new, int ingested);

    [LoggerMessage(101, LogLevel.Debug, "Feed {FeedId} {Url} is unchanged")]
    public static partial void Unchanged(ILogger logger, long feedId, string url);

    [LoggerMessage(102, LogLevel.Debug, "{Feeds} feeds are due")]
    public static partial void Dispatched(ILogger logger, int feeds);

    [LoggerMessage(103, LogLevel.Information, "{Articles} articles are due again")]
    public static partial void Reconciled(ILogger logger, int articles);

    [LoggerMessage(104, LogLevel.Information, "Feed {FeedId} has moved for good from {From} to {To}; its address is changed")]
    public static partial void Moved(ILogger logger, long feedId, string from, string to);

    [LoggerMessage(120, LogLevel.Debug, "Hub {Host} was asked for feed {FeedId}")]
    public static partial void HubAsked(ILogger logger, long feedId, string host);

    [LoggerMessage(121, LogLevel.Warning, "Hub {Host} of feed {FeedId}: {Why}; the feed is polled")]
    public static partial void HubRefuses(ILogger logger, long feedId, string host, string why);

    [LoggerMessage(122, LogLevel.Information, "Hub {Host} brings feed {FeedId} until {Until:u}")]
    public static partial void HubConfirms(ILogger logger, long feedId, string host, DateTimeOffset until);

    [LoggerMessage(123, LogLevel.Information, "Hub {Host} has brought {Bytes} bytes for feed {FeedId}")]
    public static partial void Pushed(ILogger logger, long feedId, string host, int bytes);

    [LoggerMessage(124, LogLevel.Warning, "Somebody who does not know the secret has sent something for feed {FeedId} in the name of hub {Host}")]
    public static partial void PushForged(ILogger logger, long feedId, string host);

    [LoggerMessage(200, LogLevel.Debug, "Ingested article {ArticleId} {Url}: {Words} words, {Removed} removals")]
    public static partial void Ingested(ILogger logger, Guid articleId, string? url, int words, int removed);

    [LoggerMessage(300, LogLevel.Debug, "Delivered {Messages} messages to {Sink}")]
    public static partial void Delivered(ILogger logger, int messages, string sink);

    [LoggerMessage(301, LogLevel.Warning, "Sink {Sink} refuses: {Why}; next attempt at {NextAttemptAt:u}")]
    public static partial void SinkUnavailable(ILogger logger, string sink, string why, DateTimeOffset nextAttemptAt);

    [LoggerMessage(302, LogLevel.Error, "The relay of sink {Sink} broke off; it starts again")]
    public static partial void RelayBroke(ILogger logger, string sink, Exception error);

    [LoggerMessage(303, LogLevel.Warning, "Sink {Sink} refuses message {MessageId} for good: {Why}")]
    public static partial void Refused(ILogger logger, string sink, string messageId, string why);

    [LoggerMessage(304, LogLevel.Error, "Sink {Sink} asks not to be called again: {Why}; paused until it is resumed (ingest outbox replay)")]
    public static partial void SinkPaused(ILogger logger, string sink, string why);

    [LoggerMessage(900, LogLevel.Warning, "{Job} {Target} failed ({Kind}): {Why}")]
    public static partial void JobFailed(ILogger logger, JobKind job, string target, FailureKind kind, string why);

    [LoggerMessage(901, LogLevel.Error, "{Job} {Target} broke off")]
    public static partial void JobBroke(ILogger logger, JobKind job, string target, Exception error);
}
