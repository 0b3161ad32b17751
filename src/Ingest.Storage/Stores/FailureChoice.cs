using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;

namespace Ingest.Storage.Stores;

/// <summary>A filter as a query, the same on every database.</summary>
internal static class FailureChoice
{
    public static IQueryable<FailureRow> Choose(this IQueryable<FailureRow> failures, FailureFilter filter)
    {
        if (filter.Ids is { } ids) failures = failures.Where(row => ids.Contains(row.Id));
        if (filter.Job is { } job) failures = failures.Where(row => row.Job == job);
        if (filter.Target is { } target) failures = failures.Where(row => row.Target == target);
        if (filter.Host is { } host) failures = failures.Where(row => row.Host == host);
        if (filter.FeedId is { } feed) failures = failures.Where(row => row.FeedId == feed);
        if (filter.Kind is { } kind) failures = failures.Where(row => row.Kind == kind);
        if (filter.Action is { } action) failures = failures.Where(row => row.ActionId == action);
        return failures.WithAnswer(filter).InTime(filter);
    }

    /// <summary>The latest first.</summary>
    public static IQueryable<FailureRow> InOrder(this IQueryable<FailureRow> failures) => failures.OrderByDescending(row => row.LastAt).ThenByDescending(row => row.Id);

    private static IQueryable<FailureRow> WithAnswer(this IQueryable<FailureRow> failures, FailureFilter filter)
    {
        if (filter.Status is { } status)
        {
            var (first, last) = (status.First, status.Last);
            failures = first == last ? failures.Where(row => row.Status == first) : failures.Where(row => row.Status >= first && row.Status <= last);
        }
        if (filter.Text is not { } text) return failures;
        var part = Lower(text);
#pragma warning disable CA1862 // Neither database knows a comparison of .NET's: it becomes lower(error) LIKE.
        return failures.Where(row => row.Error.ToLower().Contains(part));
#pragma warning restore CA1862
    }

    private static IQueryable<FailureRow> InTime(this IQueryable<FailureRow> failures, FailureFilter filter)
    {
        if (filter.Since is { } since) failures = failures.Where(row => row.LastAt >= since);
        if (filter.Until is { } until) failures = failures.Where(row => row.LastAt < until);
        if (filter.After is not { } place) return failures;
        var (at, id) = (place.LastAt, place.Id);
        // The first condition says nothing new, but an index begins with it.
        return failures.Where(row => row.LastAt <= at && (row.LastAt < at || row.Id < id));
    }

    // As both databases do it: SQLite knows no other letters, nor does PostgreSQL's collation of our columns.
    private static string Lower(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter));
}
