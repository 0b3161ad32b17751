using System.Globalization;
using System.Security.Claims;
using Ingest.Worker.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Access;

/// <summary>A browser's session: a cookie that only our keys can have written, with the user's name, and the stamp of the password it was begun with.</summary>
internal static class Session
{
    public const string CookieName = "ingest-session";
    public const string SignInPath = "/sign-in";

    /// <summary>The field of the sign-in address that says where to go afterwards.</summary>
    public const string To = "to";

    private const string Stamp = "stamp";
    private const string Since = "since";

    /// <summary>However busy it is; a page that brings itself up to date would never be idle.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static void Configure(CookieAuthenticationOptions cookie, IOptions<DashboardOptions> options, Accounts accounts)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        // Lax, not Strict: a link to a failure in somebody's chat opens it. What a request changes, it changes by POST, which another site's form sends without
        // this cookie, and which wants an antiforgery token besides.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        // By TLS alone where it came by TLS, as a named proxy says; http://localhost has none.
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.Value.SessionTime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = AskAsync;
        cookie.Events.OnValidatePrincipal = context => CheckAsync(context, accounts);
    }

    public static Task BeginAsync(HttpContext http, string name, Accounts accounts, TimeProvider clock)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, name), new Claim(Stamp, accounts.StampOf(name)!)], CookieAuthenticationDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { Items = { [Since] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) } };
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), properties);
    }

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    public static bool IsOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme };

    /// <summary>The address when it is one of ours; a stranger's link must not lead through our form to a page that looks like it.</summary>
    public static string Safe(string? to) => to is ['/', ..] && RedirectHttpResult.IsLocalUrl(to) ? to : "/";

    // A person gets the form, a program the question that it understands.
    private static Task AskAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (BasicSignIn.IsForPrograms(request))
        {
            BasicSignIn.Ask(context.Response);
            return Task.CompletedTask;
        }
        var query = new QueryBuilder();
        if (HttpMethods.IsGet(request.Method) && request.GetEncodedPathAndQuery() is not "/" and var to) query.Add(To, to);
        context.Response.Redirect(SignInPath + query);
        return Task.CompletedTask;
    }

    private static async Task CheckAsync(CookieValidatePrincipalContext context, Accounts accounts)
    {
        var name = context.Principal?.Identity?.Name;
        var now = context.Options.TimeProvider!.GetUtcNow();
        var lasts = DateTimeOffset.TryParse(context.Properties.Items[Since], CultureInfo.InvariantCulture, out var since) && now - since < Longest;
        if (lasts && name is not null && context.Principal!.FindFirstValue(Stamp) == accounts.StampOf(name)) return;
        context.RejectPrincipal();
        await EndAsync(context.HttpContext);
    }
}
