using System.Text;

namespace Ingest.Core.Web;

internal enum RobotsField
{
    Unknown,
    UserAgent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
}

internal readonly ref struct RobotsLine(int number, RobotsField field, ReadOnlySpan<byte> value)
{
    public int Number { get; } = number;
    public RobotsField Field { get; } = field;
    public ReadOnlySpan<byte> Value { get; } = value;
}

/// <summary>The lines of a robots.txt, ended by CR, LF or both, without comments.</summary>
internal ref struct RobotsLines
{
    private ReadOnlySpan<byte> _rest;
    private int _number;

    public RobotsLines(ReadOnlySpan<byte> body)
    {
        _rest = Bounded(body);
        _rest = _rest.StartsWith("\uFEFF"u8) ? _rest[3..] : _rest;
    }

    public RobotsLine Current { get; private set; }

    public readonly RobotsLines GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var end = _rest.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        var ended = end < 0 ? line.Length : end + (_rest[end..].StartsWith("\r\n"u8) ? 2 : 1);
        _rest = _rest[ended..];
        Current = Read(++_number, line);
        return true;
    }

    /// <summary>A line that the limit cuts through is left out: half of <c>Disallow: /drafts</c> may forbid the whole site.</summary>
    private static ReadOnlySpan<byte> Bounded(ReadOnlySpan<byte> body)
    {
        if (body.Length <= RobotsTxt.MaxBytes)
        {
            return body;
        }

        body = body[..RobotsTxt.MaxBytes];
        return body[..(body.LastIndexOfAny((byte)'\r', (byte)'\n') + 1)];
    }

    private static RobotsLine Read(int number, ReadOnlySpan<byte> line)
    {
        var comment = line.IndexOf((byte)'#');
        line = Trim(comment < 0 ? line : line[..comment]);
        // A forgotten colon is a blank, which is what the author sees.
        var colon = line.IndexOf((byte)':');
        colon = colon < 0 ? line.IndexOfAny((byte)' ', (byte)'\t') : colon;
        return colon < 0 ? new RobotsLine(number, RobotsField.Unknown, line) : new RobotsLine(number, Field(Trim(line[..colon])), Trim(line[(colon + 1)..]));
    }

    private static RobotsField Field(ReadOnlySpan<byte> name) =>
        Is(name, "user-agent"u8) || Is(name, "useragent"u8) || Is(name, "user agent"u8) ? RobotsField.UserAgent
        : Is(name, "disallow"u8) ? RobotsField.Disallow
        : Is(name, "allow"u8) ? RobotsField.Allow
        : Is(name, "sitemap"u8) || Is(name, "site-map"u8) ? RobotsField.Sitemap
        : Is(name, "crawl-delay"u8) || Is(name, "crawldelay"u8) ? RobotsField.CrawlDelay
        : RobotsField.Unknown;

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> field) => Ascii.EqualsIgnoreCase(name, field);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\f\0"u8);
}
