using System.Globalization;

namespace Ingest.Core.Web;

/// <summary>The headers that say how long an answer may be used; null where absent.</summary>
public sealed record FreshnessHeaders(string? CacheControl = null, string? Expires = null, string? Date = null, string? Age = null);

/// <summary>How long an answer stays fresh (RFC 9111, section 4.2).</summary>
public static class HttpFreshness
{
    /// <summary>From now on; zero when it is stale already or must be asked for again, null when nothing is said.</summary>
    public static TimeSpan? Left(FreshnessHeaders headers, DateTimeOffset now)
    {
        TimeSpan? maxAge = null;
        foreach (var part in (headers.CacheControl ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (Is(part, "no-cache") || Is(part, "no-store"))
            {
                return TimeSpan.Zero;
            }

            // Not s-maxage: that is for caches which serve several users.
            maxAge ??= Is(part, "max-age") ? Seconds(part.AsSpan(7).TrimStart(" =\"").TrimEnd(" \"")) : null;
        }

        return maxAge is { } lifetime ? NotNegative(lifetime - (Seconds(headers.Age) ?? TimeSpan.Zero)) : UntilExpiry(headers, now);
    }

    /// <summary>Counted on the server's own clock where it tells the time. A date that cannot be read is in the past (section 5.3).</summary>
    private static TimeSpan? UntilExpiry(FreshnessHeaders headers, DateTimeOffset now)
    {
        if (headers.Expires is not { } expires)
        {
            return null;
        }

        return HttpDates.Parse(expires) is { } until ? NotNegative(until - (HttpDates.Parse(headers.Date) ?? now)) : TimeSpan.Zero;
    }

    private static bool Is(string directive, string name) =>
        directive.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (directive.Length == name.Length || directive[name.Length] is '=' or ' ');

    /// <summary>A number that is larger than an int counts as the largest (section 1.2.2).</summary>
    private static TimeSpan? Seconds(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return TimeSpan.FromSeconds(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : int.MaxValue);
    }

    private static TimeSpan NotNegative(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
