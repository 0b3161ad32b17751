using Ingest.Core.Web;

namespace Ingest.Pipeline.Fetching;

/// <summary>How long an answer asks to be left alone.</summary>
public static class RetryAfter
{
    /// <summary>A time beyond this is taken for a mistake: it must not silence the other side for years.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Counted from <paramref name="now"/>; null when the answer says nothing, or nothing that can be read.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var value = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
        return HttpDates.RetryAfter(value, now) is { } time ? time < Longest ? time : Longest : null;
    }
}
