using Ingest.Worker.Access;
using Ingest.Worker.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ingest.Worker.Dashboard;

/// <summary>
/// The worker's pages: Razor components, rendered on the server, with plain forms. What a person changes goes through
/// <see cref="DashboardActions"/>.
/// </summary>
internal static class DashboardSetup
{
    /// <summary>Marks the endpoints that are ours; the rest of the host (API, health, another engine's pages) keeps its own headers and errors.</summary>
    private sealed class OfTheDashboard;

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(tokens => tokens.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddSingleton(new EnginePages(null));
        return services;
    }

    /// <summary>Call it after <see cref="SignIn.UseSignIn"/>, so that nothing here runs for strangers.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseWhen(IsOurs, ours =>
        {
            ours.Use(SecurityHeaders.AddAsync);
            ours.UseStatusCodePages(answer => ShowErrorAsync(answer.HttpContext));
            ours.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ShowErrorAsync, StatusCodeSelector = StatusOf });
        });
        app.UseAntiforgery();

        var pages = app.MapRazorComponents<App>();
        pages.WithMetadata(new OfTheDashboard());
        var rest = app.MapGroup("").WithMetadata(new OfTheDashboard());
        rest.MapGet(EmbeddedAsset.Style.Path, EmbeddedAsset.Style.Serve).AllowAnonymous();
        rest.MapGet(EmbeddedAsset.Script.Path, EmbeddedAsset.Script.Serve).AllowAnonymous();
        rest.MapSignIn();
        rest.MapDashboardActions();
        return app;
    }

    private static bool IsOurs(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OfTheDashboard>() is not null;

    // In a scope of its own: a request's renderer, which the page that failed has used already, renders one document only; and without
    // that page's header, which the renderer would add a second time.
    private static async Task ShowErrorAsync(HttpContext context)
    {
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var ofTheRequest = context.RequestServices;
        await using var scope = ofTheRequest.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<ErrorDocument>().ExecuteAsync(context);
        context.RequestServices = ofTheRequest;
    }

    private static int StatusOf(Exception error) => (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
}
