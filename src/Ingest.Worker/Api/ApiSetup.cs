using System.Net.Mime;
using Ingest.Worker.Cli;
using Microsoft.Net.Http.Headers;

namespace Ingest.Worker.Api;

/// <summary>
/// What the pages and the command line do, for programs: JSON under <c>/api</c>, behind the same sign-in. Every error is a problem document (RFC 9457).
/// </summary>
internal static class ApiSetup
{
    public const string Root = "/api";

    /// <summary>
    /// What a change must carry, with any value, beside <c>Content-Type: application/json</c>. The browser of somebody who is signed in sends his session with
    /// whatever a stranger's page makes it send; but a form can set neither header, and a script of another site must first ask by a CORS preflight, which
    /// nobody here answers.
    /// </summary>
    public const string RequestHeader = "X-Ingest-Request";

    public static WebApplication MapApi(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase), api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => Problem(context.Response.StatusCode).ExecuteAsync(context), StatusCodeSelector = StatusOf });
            api.UseStatusCodePages(answer => Problem(answer.HttpContext.Response.StatusCode).ExecuteAsync(answer.HttpContext));
            api.Use(AnswerAsync);
        });
        var api = app.MapGroup(Root);
        api.MapFailures();
        api.MapReadings();
        // Otherwise the pages would answer, with a page.
        api.Map("/{**rest}", () => Problem(StatusCodes.Status404NotFound));
        return app;
    }

    /// <summary>For endpoints that change something.</summary>
    public static RouteHandlerBuilder RefuseForgeries(this RouteHandlerBuilder change) => change.AddEndpointFilter((call, next) =>
    {
        var request = call.HttpContext.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase))
            return new(Problem(StatusCodes.Status415UnsupportedMediaType, "send Content-Type: application/json"));
        return request.Headers.ContainsKey(RequestHeader) ? next(call) : new(Problem(StatusCodes.Status403Forbidden, $"a change needs the header {RequestHeader}, with any value"));
    });

    public static IResult Problem(int status, string? detail = null) => Results.Problem(detail, statusCode: status);

    // A call that cannot be meant is the caller's to mend: one line says what.
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (UserErrorException error) when (!context.Response.HasStarted)
        {
            await Problem(StatusCodes.Status400BadRequest, error.Message).ExecuteAsync(context);
        }
    }

    private static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when StorageFault.Explain(error) is not null => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
