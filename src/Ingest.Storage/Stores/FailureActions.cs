using Ingest.Pipeline;
using Ingest.Pipeline.Ports;
using Ingest.Storage.Postgres;
using Ingest.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Storage.Stores;

/// <summary>
/// What a person does to many failures at once: a line in the audit, then short transactions of a few statements each over a thousand failures, the latest
/// first. No worker waits longer than one of them, and what a worker changes meanwhile makes one run again instead of all.
/// </summary>
internal sealed class FailureActions(Database database)
{
    private const int Batch = 1_000;

    public Task<FailureAction> RerunAsync(FailureFilter filter, ByHand by, double? perSecond, DateTimeOffset now, CancellationToken stop) =>
        RunAsync(FailureAction.Rerun, filter, by, now, async (context, action, ids, done) =>
        {
            await SpreadAsync(context, action, ids, done, perSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero, now, stop);
            await MakeDueAsync(context, ids, stop);
        }, stop);

    public Task<FailureAction> DiscardAsync(FailureFilter filter, ByHand by, DateTimeOffset now, CancellationToken stop) =>
        RunAsync(FailureAction.Discard, filter, by, now, (context, _, ids, _) => DropAsync(context, ids, stop), stop);

    private async Task<FailureAction> RunAsync(
        string action, FailureFilter filter, ByHand by, DateTimeOffset now, Func<IngestDbContext, long, List<long>, long, Task> change, CancellationToken stop)
    {
        var id = await database.WriteAsync(context => AuditTrail.AddAsync(context, by, action, filter.InWords(), 0, now, stop), stop);
        FailurePlace? next = new FailurePlace(now, long.MaxValue);
        for (var done = 0L; next is { } place; done += Batch)
            next = await database.WriteAsync(context => StepAsync(context, id, filter with { After = place }, ids => change(context, id, ids, done), stop), stop);
        return (await FindAsync(id, stop))!;
    }

    /// <summary>One transaction; where it ended, or null at the end. A failure that this action has had is not chosen again, should a step be repeated.</summary>
    private static async Task<FailurePlace?> StepAsync(IngestDbContext context, long action, FailureFilter filter, Func<List<long>, Task> change, CancellationToken stop)
    {
        var chosen = await context.Failures.Choose(filter).Where(row => row.ActionId == null || row.ActionId != action).InOrder().Take(Batch)
            .Select(row => new { row.Id, row.LastAt }).ToListAsync(stop);
        if (chosen.Count == 0) return null;
        var ids = chosen.ConvertAll(row => row.Id);
        await OvertakeAsync(context, context.Failures.Where(row => ids.Contains(row.Id)), stop);
        await change(ids);
        await context.Audit.Where(row => row.Id == action).ExecuteUpdateAsync(set => set.SetProperty(row => row.Count, row => row.Count + chosen.Count), stop);
        return chosen.Count < Batch ? null : new FailurePlace(chosen[^1].LastAt, chosen[^1].Id);
    }

    /// <summary>The failures leave the actions that chose them before: nobody can tell any more what became of them there.</summary>
    public static async Task OvertakeAsync(IngestDbContext context, IQueryable<FailureRow> leaving, CancellationToken stop)
    {
        var former = await leaving.Where(row => row.ActionId != null).GroupBy(row => row.ActionId).Select(group => new { Id = group.Key, Count = group.Count() }).ToListAsync(stop);
        foreach (var action in former)
            await context.Audit.Where(row => row.Id == action.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Overtaken, row => row.Overtaken + action.Count), stop);
    }

    /// <summary>Gives each failure its due time, <paramref name="apart"/> from one another; EF Core has no words for a row's place.</summary>
    private static Task<int> SpreadAsync(IngestDbContext context, long action, List<long> ids, long done, TimeSpan apart, DateTimeOffset now, CancellationToken stop) => context is PostgresIngestDbContext
        ? context.Database.ExecuteSqlAsync($"""
            UPDATE failures SET action_id = {action}, attempts = 0, next_retry_at = {now.ToUniversalTime()} + spread.place * {apart}
            FROM (SELECT id, {done} + row_number() OVER (ORDER BY last_at DESC, id DESC) - 1 AS place FROM failures WHERE id = ANY ({ids})) AS spread
            WHERE failures.id = spread.id
            """, stop)
        : context.Database.ExecuteSqlAsync($"""
            UPDATE failures SET action_id = {action}, attempts = 0, next_retry_at = {now.ToUnixTimeMilliseconds()} + CAST(spread.place * {apart.TotalMilliseconds} AS INTEGER)
            FROM (SELECT id, {done} + row_number() OVER (ORDER BY last_at DESC, id DESC) - 1 AS place FROM failures
                  WHERE id IN (SELECT value FROM json_each({System.Text.Json.JsonSerializer.Serialize(ids)}))) AS spread
            WHERE failures.id = spread.id
            """, stop);

    // Not what is leased: it is being worked on at this moment. What was quarantined stays a suspect.
    private static async Task MakeDueAsync(IngestDbContext context, List<long> ids, CancellationToken stop)
    {
        var failures = context.Failures.Where(row => ids.Contains(row.Id));
        await context.Articles.Where(row => row.LeaseOwner == null)
            .Join(failures, row => row.Id, failure => failure.ArticleId, (row, failure) => new { Row = row, Failure = failure })
            .ExecuteUpdateAsync(set => set
                .SetProperty(pair => pair.Row.NextAttemptAt, pair => pair.Failure.NextRetryAt)
                .SetProperty(pair => pair.Row.Deaths, pair => pair.Row.Deaths > Poison.Suspect ? Poison.Suspect : pair.Row.Deaths), stop);
        await context.Feeds.Where(row => row.LeaseOwner == null)
            .Join(failures.Where(failure => failure.Job == JobKind.RefreshFeed), row => row.Id, failure => failure.FeedId, (row, failure) => new { Row = row, Failure = failure })
            .ExecuteUpdateAsync(set => set
                .SetProperty(pair => pair.Row.NextDueAt, pair => pair.Failure.NextRetryAt)
                .SetProperty(pair => pair.Row.Deaths, pair => pair.Row.Deaths > Poison.Suspect ? Poison.Suspect : pair.Row.Deaths), stop);
    }

    /// <summary>Takes failures off the list and gives up their articles, also those that are being worked on: what that brings is saved, and its failure is not.</summary>
    public static async Task DropAsync(IngestDbContext context, List<long> ids, CancellationToken stop)
    {
        var failures = context.Failures.Where(row => ids.Contains(row.Id));
        await context.Articles.Where(row => row.State != ArticleState.Ingested && failures.Any(failure => failure.ArticleId == row.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, ArticleState.Discarded)
            .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
            .SetProperty(row => row.LeaseOwner, (string?)null)
            .SetProperty(row => row.InHand, false)
            .SetProperty(row => row.Deaths, 0), stop);
        await failures.ExecuteDeleteAsync(stop);
    }

    public Task<FailureAction?> FindAsync(long id, CancellationToken stop) => database.ReadAsync(async context =>
    {
        if (await context.Audit.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is not { Action: FailureAction.Rerun or FailureAction.Discard } row) return null;
        var left = await context.Failures.Where(failure => failure.ActionId == id).GroupBy(failure => failure.Attempts == 0).Select(group => new { IsWaiting = group.Key, Count = group.Count() }).ToListAsync(stop);
        return new FailureAction(
            row.Id, row.At, row.Who, row.Action, row.Choice, row.Count,
            left.Where(part => part.IsWaiting).Sum(part => part.Count), left.Where(part => !part.IsWaiting).Sum(part => part.Count), row.Overtaken);
    }, stop);
}
