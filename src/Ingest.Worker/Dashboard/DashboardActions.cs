using System.Globalization;
using System.Net;
using Ingest.Pipeline.Ports;
using Ingest.Worker.Failures;
using Microsoft.AspNetCore.Mvc;

namespace Ingest.Worker.Dashboard;

/// <summary>
/// What a person does by hand, and the raw message. A form's endpoint answers with a redirect, so that reloading the page does nothing
/// twice; the framework refuses (400) a form without its antiforgery token.
/// </summary>
internal static class DashboardActions
{
    public static void MapDashboardActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/feeds/{id:long}/poll", PollAsync);
        routes.MapPost("/failures/rerun", RerunAsync);
        routes.MapPost("/failures/discard", DiscardAsync);
        routes.MapPost("/deliveries/resume", ResumeAsync);
        routes.MapPost("/deliveries/replay", ReplayAsync);
        routes.MapGet("/articles/{id:guid}.json", RawAsync);
        routes.MapGet("/failures/{id:long}/page", FailureDownload.ServeAsync);
    }

    // The form is bound though it is empty but for the token: binding a form is what makes the framework ask for the token.
    private static async Task<IResult> PollAsync(
        long id, [FromForm] PollForm form, HttpContext http, ICatalog catalog, IAuditTrail audit, TimeProvider clock, ILogger<PollForm> logger, CancellationToken stop)
    {
        _ = form;
        var due = await catalog.MakeDueAsync(id, clock.GetUtcNow(), stop);
        await audit.RecordAsync(http.Hand(AuditSource.Page), "feeds poll", string.Create(CultureInfo.InvariantCulture, $"feed={id}"), due, stop);
        DashboardLog.Polled(logger, http.Connection.RemoteIpAddress, id, due);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/feeds/{id}?due={due}"));
    }

    private static async Task<IResult> RerunAsync(
        [FromForm] FailureForm? form, HttpContext http, IFailureStore failures, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FailureForm> logger)
    {
        var now = clock.GetUtcNow();
        if (form?.Chosen(now) is not { } filter || !form.TryRate(out var perSecond)) return Results.BadRequest();
        // To the end, also when the visitor has gone: half an action is of no use to anybody.
        var action = await failures.RerunAsync(filter, http.Hand(AuditSource.Page), perSecond, now, lifetime.ApplicationStopping);
        DashboardLog.Rerun(logger, http.Connection.RemoteIpAddress, action.Count, action.Choice);
        return Results.LocalRedirect(form.LeadsBackTo(action, now));
    }

    private static async Task<IResult> DiscardAsync(
        [FromForm] FailureForm? form, HttpContext http, IFailureStore failures, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FailureForm> logger)
    {
        var now = clock.GetUtcNow();
        if (form?.Chosen(now) is not { } filter) return Results.BadRequest();
        var action = await failures.DiscardAsync(filter, http.Hand(AuditSource.Page), now, lifetime.ApplicationStopping);
        DashboardLog.Discarded(logger, http.Connection.RemoteIpAddress, action.Count, action.Choice);
        return Results.LocalRedirect(form.LeadsBackTo(action, now));
    }

    private static async Task<IResult> ResumeAsync([FromForm] ResumeForm form, HttpContext http, IDeliveryDesk desk, IAuditTrail audit, ILogger<ResumeForm> logger, CancellationToken stop)
    {
        if (form.Sink is not { } sink || !await desk.ResumeAsync(sink, stop)) return Results.BadRequest();
        await audit.RecordAsync(http.Hand(AuditSource.Page), "outbox resume", sink, 1, stop);
        DashboardLog.Resumed(logger, http.Connection.RemoteIpAddress, sink);
        return Results.LocalRedirect("/deliveries?said=resumed");
    }

    private static async Task<IResult> ReplayAsync([FromForm] ReplayForm form, HttpContext http, IDeliveryDesk desk, IAuditTrail audit, ILogger<ReplayForm> logger, CancellationToken stop)
    {
        if (form.Choice() is not { } choice) return Results.BadRequest();
        var replayed = await desk.ReplayDeadAsync(choice.Sink, choice.Sequence, dryRun: false, stop);
        await audit.RecordAsync(http.Hand(AuditSource.Page), "outbox replay", $"dead letters of {choice.Sink}", replayed, stop);
        if (replayed > 0) DashboardLog.Replayed(logger, http.Connection.RemoteIpAddress, replayed, choice.Sink);
        return Results.LocalRedirect("/deliveries?said=replayed");
    }

    private static async Task<IResult> RawAsync(Guid id, ICatalog catalog, CancellationToken stop) =>
        await catalog.FindArticleAsync(id, stop) is { Data: { } data } ? Results.Text(data, "application/json") : Results.NotFound();
}

internal sealed record PollForm;

// Event ids: 700 what a person did on the pages.
internal static partial class DashboardLog
{
    [LoggerMessage(700, LogLevel.Information, "By hand from {Remote}: {Count} failures re-run, chosen by {Choice}")]
    public static partial void Rerun(ILogger logger, IPAddress? remote, long count, string choice);

    [LoggerMessage(701, LogLevel.Information, "By hand from {Remote}: feed {FeedId} to be polled now ({Count} made due)")]
    public static partial void Polled(ILogger logger, IPAddress? remote, long feedId, int count);

    [LoggerMessage(702, LogLevel.Information, "By hand from {Remote}: sink {Sink} to be tried now")]
    public static partial void Resumed(ILogger logger, IPAddress? remote, string sink);

    [LoggerMessage(703, LogLevel.Information, "By hand from {Remote}: {Count} dead letters of {Sink} to be sent again")]
    public static partial void Replayed(ILogger logger, IPAddress? remote, int count, string sink);

    [LoggerMessage(704, LogLevel.Information, "By hand from {Remote}: {Count} failures discarded, chosen by {Choice}")]
    public static partial void Discarded(ILogger logger, IPAddress? remote, long count, string choice);
}
