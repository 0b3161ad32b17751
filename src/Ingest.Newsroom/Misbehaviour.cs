using System.Globalization;

namespace Ingest.Newsroom;

/// <summary>How a path is to be answered wrongly. <paramref name="Times"/> is the number of requests it lasts; then the path is well again.</summary>
public abstract record Misbehaviour(int Times)
{
    /// <summary>Until <see cref="NewsroomServer.Heal"/>.</summary>
    public const int Always = int.MaxValue;

    /// <summary>Waits before the headers, and before each byte of the body.</summary>
    public sealed record Slow(TimeSpan BeforeHeaders, TimeSpan BetweenBytes = default, int Times = Always) : Misbehaviour(Times);

    /// <summary>Another status (404, 410, 500, 503 …) and a short HTML body.</summary>
    public sealed record Status(int Code, int Times = Always) : Misbehaviour(Times);

    /// <summary>429 (or 503) with a Retry-After header of this value.</summary>
    public sealed record RetryAfter(string Value, int Code = 429, int Times = Always) : Misbehaviour(Times)
    {
        public static RetryAfter Seconds(int seconds, int times = Always) => new(seconds.ToString(CultureInfo.InvariantCulture), Times: times);

        public static RetryAfter At(DateTimeOffset when, int times = Always) => new(when.ToString("R", CultureInfo.InvariantCulture), Times: times);
    }

    /// <summary>A chain of this many redirects that ends at the right answer.</summary>
    public sealed record RedirectChain(int Hops, int Code = 302, int Times = Always) : Misbehaviour(Times);

    /// <summary>Two addresses that redirect to each other.</summary>
    public sealed record RedirectLoop(int Code = 302, int Times = Always) : Misbehaviour(Times);

    /// <summary>A redirect to any address, such as <c>http://169.254.169.254/</c>; sent as given, resolvable or not.</summary>
    public sealed record RedirectTo(string Location, int Code = 302, int Times = Always) : Misbehaviour(Times);

    /// <summary>The header names one charset, the bytes are in another. Names as in Content-Type: <c>utf-8</c>, <c>windows-1252</c>.</summary>
    public sealed record WrongCharset(string Declared, string Sent, int Times = Always) : Misbehaviour(Times);

    /// <summary>Compressed whatever Accept-Encoding says: <c>gzip</c>, <c>br</c>, <c>deflate</c>.</summary>
    public sealed record Compressed(string Encoding, int Times = Always) : Misbehaviour(Times);

    /// <summary>The body differs at every request, the ETag never does; with <paramref name="TrustsItself"/> the server answers 304 to it.</summary>
    public sealed record FrozenETag(bool TrustsItself = false, int Times = Always) : Misbehaviour(Times);

    /// <summary>The right body and then spaces up to this many megabytes; as a bomb it travels as gzip, a thousandth of that.</summary>
    public sealed record Huge(int Megabytes, bool AsGzipBomb = false, int Times = Always) : Misbehaviour(Times);

    /// <summary>Content-Length promises the whole body, half of it is sent, then the connection breaks.</summary>
    public sealed record CutShort(int Times = Always) : Misbehaviour(Times);

    /// <summary>The right status and Content-Type and a body that is something else.</summary>
    public sealed record Garbage(GarbageKind Kind = GarbageKind.Binary, int Times = Always) : Misbehaviour(Times);
}

/// <summary>What stands where a document should.</summary>
public enum GarbageKind
{
    /// <summary>64 KiB of noise.</summary>
    Binary,

    /// <summary>An HTML log-in page.</summary>
    Html,

    /// <summary>The right document, broken off in the middle, with an honest Content-Length.</summary>
    HalfDocument,

    /// <summary>No bytes.</summary>
    Empty,
}
