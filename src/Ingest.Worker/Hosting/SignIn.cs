using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Ingest.Worker.Cli;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Hosting;

/// <summary>HTTP Basic (RFC 7617) in front of the pages where a password is set; names of this machine only where none is. The health check stays open: it tells numbers only.</summary>
internal static class SignIn
{
    private const string User = "ingest";
    private const string Scheme = "Basic ";

    public static IServiceCollection AddSignIn(this IServiceCollection services) => services.AddSingleton<PasswordGate>();

    public static void UseSignIn(this WebApplication app) => app.Use((context, next) => app.Services.GetRequiredService<PasswordGate>().PassAsync(context, next));

    private sealed class PasswordGate(IOptions<DashboardOptions> options)
    {
        private readonly byte[]? _expected = options.Value.Password is { Length: > 0 } password ? Hash($"{User}:{password}") : null;

        public Task PassAsync(HttpContext context, RequestDelegate next)
        {
            if (_expected is null && !IsThisMachine(context.Request.Host.Host))
            {
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return context.Response.WriteAsync("Without Dashboard:Password the pages answer to localhost only.\n");
            }
            if (_expected is null || context.Request.Path == RunCommand.HealthPath || Knows(context.Request.Headers.Authorization.ToString()))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, User)], Scheme.Trim()));
                return next(context);
            }
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Ingest\", charset=\"UTF-8\"";
            return Task.CompletedTask;
        }

        // A stranger's page could have its own name resolve to this machine and read along (DNS rebinding); the browser tells by which name it came.
        private static bool IsThisMachine(string name) => name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

        private bool Knows(string header)
        {
            if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
            var encoded = header.AsSpan(Scheme.Length).Trim();
            var credentials = new byte[encoded.Length];
            return Convert.TryFromBase64Chars(encoded, credentials, out var length)
                && CryptographicOperations.FixedTimeEquals(Hash(Encoding.UTF8.GetString(credentials, 0, length)), _expected);
        }

        private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
