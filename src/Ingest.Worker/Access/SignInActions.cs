using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Ingest.Worker.Access;

/// <summary>What the form to sign in sends, and the button to sign out.</summary>
internal static class SignInActions
{
    /// <summary>How long a wrong password waits for its answer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Session.SignInPath, SignInAsync).AllowAnonymous();
        routes.MapPost("/sign-out", SignOutAsync);
    }

    /// <summary>429, with the whole seconds after which the next attempt is looked at.</summary>
    public static void TooMany(HttpResponse response, TimeSpan wait)
    {
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] SignInForm form, HttpContext http, Accounts accounts, SignInThrottle throttle, TimeProvider clock, ILogger<SignInForm> logger, CancellationToken stop)
    {
        var from = http.Connection.RemoteIpAddress;
        if (throttle.Refuse(from) is { } wait)
        {
            TooMany(http.Response, wait);
            return Results.Empty;
        }
        if (accounts.Recognize(form.Name ?? "", form.Password ?? "") is not { } user)
        {
            AccessLog.Refused(logger, from);
            await Task.Delay(Pause, clock, stop);
            return Results.LocalRedirect(Session.SignInPath + new QueryBuilder { { Session.To, Session.Safe(form.To) }, { "wrong", "1" } });
        }
        throttle.Return(from);
        await Session.BeginAsync(http, user, accounts, clock);
        AccessLog.SignedIn(logger, user, from);
        return Results.LocalRedirect(Session.Safe(form.To));
    }

    // The form is bound though it is empty but for the token: binding a form is what makes the framework ask for the token.
    private static async Task<IResult> SignOutAsync([FromForm] SignOutForm form, HttpContext http)
    {
        _ = form;
        await Session.EndAsync(http);
        return Results.LocalRedirect(Session.SignInPath);
    }
}

internal sealed record SignInForm
{
    public string? Name { get; init; }
    public string? Password { get; init; }
    public string? To { get; init; }
}

internal sealed record SignOutForm;

// Event ids: 720 who came in and who did not.
internal static partial class AccessLog
{
    [LoggerMessage(720, LogLevel.Information, "{User} signed in from {Remote}")]
    public static partial void SignedIn(ILogger logger, string user, IPAddress? remote);

    // Without the name that was tried: now and then it is the password.
    [LoggerMessage(721, LogLevel.Warning, "A wrong name or password came from {Remote}")]
    public static partial void Refused(ILogger logger, IPAddress? remote);
}
