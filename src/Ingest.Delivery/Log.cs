using Microsoft.Extensions.Logging;

namespace Ingest.Delivery;

// Event ids: 350 sinks (300 to 349 are the relay's).
internal static partial class Log
{
    [LoggerMessage(350, LogLevel.Warning, "Sink {Sink}: files that were put aside could not be compressed or deleted: {Why}; tried again with the next one")]
    public static partial void FilesNotKept(ILogger logger, string sink, string why);
}
