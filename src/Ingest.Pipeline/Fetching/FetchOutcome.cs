using Ingest.Pipeline.Ports;

namespace Ingest.Pipeline.Fetching;

/// <summary>What came of a request. The outside world's faults are values.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The requests that were made, the first one first.</summary>
    public IReadOnlyList<FetchVisit> Visits { get; init; } = [];

    /// <summary>What was read of an answer that was refused; null when nothing was.</summary>
    public ReceivedPage? Page { get; init; }

    /// <summary>Where permanent redirects (301, 308) led, up to the first that was not; null when there was none.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>A 2xx with its whole body.</summary>
    public sealed record Fetched(Uri FinalUrl, ReadOnlyMemory<byte> Body, FetchedHeaders Headers) : FetchOutcome;

    /// <summary>A 304: the validators still hold, or these take their place (RFC 9111, 4.3.4).</summary>
    public sealed record NotModified(FetchedHeaders Headers) : FetchOutcome;

    /// <summary>Not asked: another worker is talking to the host. No fault of anybody's; to be tried again after a while.</summary>
    public sealed record Deferred(TimeSpan For) : FetchOutcome;

    /// <summary>No usable answer. <paramref name="Why"/> is one line for a person.</summary>
    public sealed record Failed(FetchFault Fault, string Why, TimeSpan? RetryAfter = null) : FetchOutcome
    {
        public FailureKind Kind => FetchFaults.KindOf(Fault);

        /// <summary>The status that was refused; null when something else was.</summary>
        public int? Status { get; init; }
    }
}

/// <summary>The headers that matter to whoever parses the body.</summary>
public sealed record FetchedHeaders(string? ContentType, string? ETag, string? LastModified, string? ContentLocation, string? ContentLanguage)
{
    /// <summary>The Link headers, joined; null when there is none.</summary>
    public string? Link { get; init; }

    /// <summary>X-Robots-Tag, joined; null when there is none.</summary>
    public string? Robots { get; init; }
    public string? TdmReservation { get; init; }
    public string? TdmPolicy { get; init; }
}

/// <summary>Why there was no usable answer.</summary>
public enum FetchFault
{
    /// <summary>Not whole within the time for everything.</summary>
    Timeout,

    /// <summary>No connection within its time.</summary>
    ConnectTimeout,

    /// <summary>Connected, and no status line and headers within their time.</summary>
    NoAnswer,

    /// <summary>The body comes in drops.</summary>
    TooSlow,
    Connection,
    CutShort,
    ServerError,
    RateLimited,
    RefusedAddress,
    ClientError,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>410.</summary>
    Gone,
    TooLarge,

    /// <summary>Few bytes that unpack to very many.</summary>
    Bomb,

    /// <summary>Packed in a way that was not asked for, or more than once.</summary>
    BadEncoding,
    HeadersTooLarge,
    UrlTooLong,
    RedirectLoop,
    BadRedirect,

    /// <summary>robots.txt forbids it.</summary>
    Disallowed,

    /// <summary>robots.txt cannot be had, and until it can all is forbidden (RFC 9309, 2.3.1.4).</summary>
    RobotsUnreachable,
}

/// <summary>Which faults time may heal.</summary>
public static class FetchFaults
{
    public static FailureKind KindOf(FetchFault fault) => fault switch
    {
        FetchFault.Timeout or FetchFault.ConnectTimeout or FetchFault.NoAnswer or FetchFault.TooSlow or FetchFault.Connection or FetchFault.CutShort
            or FetchFault.ServerError or FetchFault.RateLimited or FetchFault.RobotsUnreachable => FailureKind.Transient,
        _ => FailureKind.Permanent,
    };

    /// <summary>The fault of a status that is neither 2xx, 304 nor a redirect. 408, 425 and 429 ask for another try (RFC 9110, 8470, 6585).</summary>
    public static FetchFault OfStatus(int status) => status switch
    {
        408 or 425 => FetchFault.ServerError,
        429 => FetchFault.RateLimited,
        404 => FetchFault.NotFound,
        410 => FetchFault.Gone,
        >= 500 => FetchFault.ServerError,
        _ => FetchFault.ClientError,
    };
}
