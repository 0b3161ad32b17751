using Ingest.Pipeline.Fetching;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>The attempts of a failure, and what the latest of them received.</summary>
internal static class FailureHistory
{
    /// <summary>The first attempt and the latest: what lies between them rarely says anything else, and a feed that is gone for a year is tried a thousand times.</summary>
    private const int MostAttempts = 20;

    public static async Task AddAsync(IngestDbContext context, long failureId, FailureReport report, CancellationToken stop)
    {
        var numbers = await context.FailureAttempts.Where(row => row.FailureId == failureId).OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(stop);
        if (numbers.Count >= MostAttempts)
        {
            var (first, end) = (numbers[0], numbers[^(MostAttempts - 2)]);
            await context.FailureAttempts.Where(row => row.FailureId == failureId && row.Number > first && row.Number < end).ExecuteDeleteAsync(stop);
        }
        context.FailureAttempts.Add(RowOf(failureId, numbers is [.., var last] ? last + 1 : 1, report));
        if (report.Page is { } page) await KeepAsync(context, failureId, page, stop);
        await context.SaveChangesAsync(stop);
    }

    private static FailureAttemptRow RowOf(long failureId, int number, FailureReport report) => new()
    {
        FailureId = failureId,
        Number = number,
        At = report.At,
        Kind = report.Kind,
        Error = report.Error,
        Status = report.Status,
        Worker = report.Worker,
        TraceId = report.TraceId,
        Visits = FetchJson.Write(report.Visits),
    };

    private static async Task KeepAsync(IngestDbContext context, long failureId, ReceivedPage page, CancellationToken stop)
    {
        var body = Archive.Compress(page.Body.Span);
        var row = await context.FailurePages.SingleOrDefaultAsync(row => row.FailureId == failureId, stop);
        if (row is null) context.FailurePages.Add(row = new FailurePageRow { FailureId = failureId, Url = page.Url, Body = body });
        (row.Url, row.ContentType, row.At, row.Length, row.Body) = (page.Url, page.ContentType, page.At, page.Length, body);
    }

    public static async Task<IReadOnlyList<FailureAttempt>> ListAsync(IngestDbContext context, long failureId, CancellationToken stop)
    {
        var rows = await context.FailureAttempts.AsNoTracking().Where(row => row.FailureId == failureId).OrderByDescending(row => row.Number).ToListAsync(stop);
        return [.. rows.Select(row => new FailureAttempt(row.Number, row.At, row.Kind, row.Error, row.Status, row.Worker, row.TraceId, FetchJson.Visits(row.Visits)))];
    }

    public static async Task<ReceivedPage?> FindPageAsync(IngestDbContext context, long failureId, CancellationToken stop) =>
        await context.FailurePages.AsNoTracking().SingleOrDefaultAsync(row => row.FailureId == failureId, stop) is { } row
            ? new ReceivedPage(row.Url, row.ContentType, row.At, row.Length, Archive.Decompress(row.Body))
            : null;
}
