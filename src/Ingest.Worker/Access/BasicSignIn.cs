using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Access;

/// <summary>HTTP Basic (RFC 7617), for programs. A browser is never asked for it on a page: it would send the password along from then on, whoever made it ask.</summary>
internal sealed class BasicSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Accounts accounts, SignInThrottle throttle)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Basic";

    private static readonly string[] Programs = ["/api", "/metrics"];

    private TimeSpan? _wait;

    public static bool IsTriedBy(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith($"{Scheme} ", StringComparison.OrdinalIgnoreCase);

    public static bool IsForPrograms(HttpRequest request) => Programs.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static void Ask(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = $"{Scheme} realm=\"Ingest\", charset=\"UTF-8\"";
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Credentials(Request.Headers.Authorization.ToString()[Scheme.Length..]) is not [var name, var password]) return AuthenticateResult.Fail("These are no credentials.");
        var from = Context.Connection.RemoteIpAddress;
        _wait = throttle.Refuse(from);
        if (_wait is not null) return AuthenticateResult.Fail("Too many wrong passwords.");
        if (accounts.Recognize(name, password) is not { } user)
        {
            AccessLog.Refused(Logger, from);
            await Task.Delay(SignInActions.Pause, TimeProvider, Context.RequestAborted);
            return AuthenticateResult.Fail("Name or password is wrong.");
        }
        throttle.Return(from);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait) SignInActions.TooMany(Response, wait);
        else Ask(Response);
        return Task.CompletedTask;
    }

    private static string[]? Credentials(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded.Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : null;
    }
}
