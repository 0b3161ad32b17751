namespace Ingest.Core.Feeds;

/// <summary>How long to wait before a feed is polled again: shorter while it brings articles, longer while it does not.</summary>
public static class PollInterval
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(30);

    /// <summary>Half the interval after a poll that brought something, one and a half times after one that did not, within the bounds.</summary>
    /// <param name="current">The interval that led to this poll; null on the first.</param>
    /// <param name="newEntries">Entries that were not known before.</param>
    public static TimeSpan Next(TimeSpan? current, int newEntries, TimeSpan min, TimeSpan max)
    {
        var next = current is not { } interval ? First : newEntries > 0 ? interval / 2 : interval * 1.5;
        return next < min ? min : next > max ? max : next;
    }
}
