using System.Net;
using Ingest.Worker.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Access;

/// <summary>
/// The one gate: every request wants a user (the fallback policy, so that what is mapped tomorrow stands behind it too), save what is expressly open: the
/// health check, the form to sign in and the pages' two files. A browser has a session in a cookie, a program sends its password with each request (HTTP
/// Basic). Where no user is set there is one, <see cref="LocalUser"/>, and only this machine's own names are answered.
/// </summary>
internal static class SignIn
{
    private const string Gate = "Ingest";

    /// <summary>What a proxy on this machine leaves on a request that it brings from elsewhere, to localhost as far as its name says.</summary>
    private static readonly string[] ProxyMarks = ["X-Forwarded-For", "Forwarded", "Via"];

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<Accounts>().AddSingleton<SignInThrottle>();
        services.AddAuthentication(Gate)
            .AddPolicyScheme(Gate, null, gate => gate.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, LocalUser>(LocalUser.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, BasicSignIn>(BasicSignIn.Scheme, null)
            .AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IOptions<DashboardOptions>, Accounts>(Session.Configure);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    public static void UseSignIn(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value.Proxies;
        if (proxies.Count > 0) app.UseForwardedHeaders(Believing(proxies));
        if (app.Services.GetRequiredService<Accounts>().AreNone) app.Use(AnswerToThisMachineAsync);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>An address is a network of one; null when the text is neither.</summary>
    public static System.Net.IPNetwork? NetworkOf(string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address)) return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
        return System.Net.IPNetwork.TryParse(proxy, out var network) ? network : null;
    }

    private static string SchemeOf(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<Accounts>().AreNone) return LocalUser.Scheme;
        return BasicSignIn.IsTriedBy(http.Request) ? BasicSignIn.Scheme : CookieAuthenticationDefaults.AuthenticationScheme;
    }

    private static ForwardedHeadersOptions Believing(IEnumerable<string> proxies)
    {
        // Every link of a chain of named proxies; the first that is not named is where the request comes from.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(NetworkOf(proxy)!.Value);
        return options;
    }

    private static Task AnswerToThisMachineAsync(HttpContext http, RequestDelegate next)
    {
        if (IsThisMachine(http.Request.Host.Host) && !ProxyMarks.Any(http.Request.Headers.ContainsKey)) return next(http);
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return http.Response.WriteAsync("Without Dashboard:Password or Dashboard:Users the pages answer to localhost only.\n");
    }

    // A stranger's page could have its own name resolve to this machine and read along (DNS rebinding); the browser tells by which name it came.
    private static bool IsThisMachine(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
}
